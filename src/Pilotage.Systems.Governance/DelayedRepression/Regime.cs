namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>What became of a run, by the share of radicals after each step.</summary>
/// <param name="IsRunawayFull">Whether the share was above the limit at any time: the rule that the paper's tables follow.</param>
/// <param name="IsRunawayTail">Whether it was so in the second half: the rule that the paper's text states.</param>
/// <param name="IsOscillating">Whether the second half swings, runaway or not.</param>
/// <param name="TailAmplitude">Greatest less least share in the second half.</param>
/// <param name="TailMean">Mean share in the second half.</param>
internal readonly record struct Regime(bool IsRunawayFull, bool IsRunawayTail, bool IsOscillating, double TailAmplitude, double TailMean)
{
    private const double PeakShare = 0.25, PeakAmplitude = 0.08;     // a line in the spectrum, and a swing that can be seen
    private const double WideAmplitude = 0.12, WideDeviation = 0.04; // or a swing so wide that its shape does not matter

    /// <summary>The label of the paper's tables: runaway by the whole run, else oscillatory, else stable.</summary>
    public bool IsOscillatory => !IsRunawayFull && IsOscillating;

    /// <summary>Neither runaway, by the whole run, nor oscillating.</summary>
    public bool IsStable => !IsRunawayFull && !IsOscillating;

    /// <summary>Labels a run.</summary>
    /// <param name="radicals">Share after each step; at least 4.</param>
    /// <param name="limit">Above it a run has run away.</param>
    public static Regime Of(ReadOnlySpan<double> radicals, double limit)
    {
        var tail = radicals[(radicals.Length / 2)..];
        var (low, high, sum) = (double.PositiveInfinity, double.NegativeInfinity, 0.0);
        foreach (var share in tail) (low, high, sum) = (Math.Min(low, share), Math.Max(high, share), sum + share);
        var (mean, amplitude) = (sum / tail.Length, high - low);
        var (isAbove, variance) = (false, 0.0);
        foreach (var share in radicals) isAbove |= share > limit;
        foreach (var share in tail) variance += (share - mean) * (share - mean) / tail.Length;
        var swings = amplitude > WideAmplitude || Math.Sqrt(variance) > WideDeviation || amplitude > PeakAmplitude && StrongestLine(tail, mean) > PeakShare;
        return new(isAbove, high > limit, swings, amplitude, mean);
    }

    /// <summary>Share of the greatest line in the power spectrum of what is left without the mean; 0 where nothing is left.</summary>
    internal static double StrongestLine(ReadOnlySpan<double> values, double mean)
    {
        var (greatest, total) = (0.0, 0.0);
        for (var line = 1; line <= values.Length / 2; line++)
        {
            var (real, imaginary) = (0.0, 0.0);
            var (turnCosine, turnSine) = (Math.Cos(2 * Math.PI * line / values.Length), Math.Sin(2 * Math.PI * line / values.Length));
            var (cosine, sine) = (1.0, 0.0);
            foreach (var value in values)
            {
                real += (value - mean) * cosine;
                imaginary += (value - mean) * sine;
                (cosine, sine) = (cosine * turnCosine - sine * turnSine, sine * turnCosine + cosine * turnSine);
            }
            var power = real * real + imaginary * imaginary;
            greatest = Math.Max(greatest, power);
            total += power;
        }
        return total > 1e-24 * values.Length ? greatest / total : 0;
    }
}
