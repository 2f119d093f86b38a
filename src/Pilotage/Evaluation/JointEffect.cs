namespace Pilotage.Evaluation;

/// <summary>Several effects as one claim: "on at least two of the three traces", "on all", "on any".</summary>
public static class JointEffect
{
    /// <summary>The effect that at least a given number of effects reach: the r-th greatest, for regions above a border.</summary>
    /// <param name="required">How many must hold, from 1 (any) to their number (all).</param>
    /// <param name="effects">Measured with a rule whose comparisons are their number, so that the intervals hold together.</param>
    /// <returns>The r-th greatest estimate, low and high; the r-th smallest p; the fewest units.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="required"/> is out of range.</exception>
    /// <remarks>Where all intervals cover their effects at once, the r-th greatest ends cover the r-th greatest effect.</remarks>
    public static Effect AtLeast(int required, params IReadOnlyList<Effect> effects)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(required, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(required, effects.Count);
        double Greatest(Func<Effect, double> end) => effects.Select(end).OrderDescending().ElementAt(required - 1);
        double Smallest(Func<Effect, double> p) => effects.Select(p).Order().ElementAt(required - 1);
        return new(Greatest(e => e.Estimate), Greatest(e => e.Low), Greatest(e => e.High), effects.Min(e => e.Units), Smallest(e => e.SmallestAttainableP))
        {
            P = Smallest(e => e.P),
            Test = FormattableString.Invariant($"at least {required} of {effects.Count}: {effects[0].Test}"),
        };
    }

    /// <summary>The same for regions below a border: the r-th smallest.</summary>
    /// <param name="required">How many must hold.</param>
    /// <param name="effects">Measured with a rule whose comparisons are their number.</param>
    /// <returns>The r-th smallest estimate, low and high; the r-th smallest p; the fewest units.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="required"/> is out of range.</exception>
    public static Effect AtLeastBelow(int required, params IReadOnlyList<Effect> effects)
    {
        var mirrored = AtLeast(required, [.. effects.Select(e => e with { Estimate = -e.Estimate, Low = -e.High, High = -e.Low })]);
        return mirrored with { Estimate = -mirrored.Estimate, Low = -mirrored.High, High = -mirrored.Low };
    }
}
