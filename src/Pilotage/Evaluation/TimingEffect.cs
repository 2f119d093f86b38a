using Pilotage.Evaluation.Statistics;

namespace Pilotage.Evaluation;

/// <summary>How much longer one thing takes than another, from interleaved repetitions (A B A B in one process). Such claims set <see cref="Claim.IsTiming"/>.</summary>
public static class TimingEffect
{
    /// <summary>The median ratio of neighbouring repetitions, with the sign test's interval: a machine that was busy for some of them moves neither.</summary>
    /// <param name="a">Seconds of each repetition of the first, above 0.</param>
    /// <param name="b">Seconds of each repetition of the second, as many.</param>
    /// <param name="rule">The level; the units are the repetitions.</param>
    /// <returns>The median of a / b.</returns>
    /// <exception cref="ArgumentException">The numbers differ, there are none, or one is not above 0.</exception>
    public static Effect MedianRatio(ReadOnlySpan<double> a, ReadOnlySpan<double> b, EffectRule rule)
    {
        if (a.Length != b.Length) throw new ArgumentException($"Interleaved repetitions come in pairs, got {a.Length} and {b.Length}.");
        var ratios = new double[a.Length];
        for (var i = 0; i < ratios.Length; i++)
        {
            if (!(a[i] > 0 && b[i] > 0)) throw new ArgumentException("Repetitions take more than 0 seconds; make each one longer than the clock's step.");
            ratios[i] = a[i] / b[i];
        }
        return rule.Effect(new SignTest(ratios), FormattableString.Invariant($"ratios of {ratios.Length} interleaved repetitions"), noEffect: 1);
    }
}
