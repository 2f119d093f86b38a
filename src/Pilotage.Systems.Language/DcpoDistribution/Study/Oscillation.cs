namespace Pilotage.Systems.Language.DcpoDistribution;

/// <summary>How a thermostat's reading swings around its set point.</summary>
/// <param name="Period">Mean iterations from one upward crossing of the set point to the next; the number of readings where there are fewer than two.</param>
/// <param name="Amplitude">Half the distance between the 5th and the 95th percentile of the readings.</param>
internal readonly record struct Oscillation(double Period, double Amplitude)
{
    /// <summary>Measures readings.</summary>
    /// <param name="readings">In order; at least one.</param>
    /// <param name="target">The set point.</param>
    public static Oscillation Around(IReadOnlyList<double> readings, double target)
    {
        var upward = Enumerable.Range(1, readings.Count - 1).Where(i => readings[i - 1] <= target && readings[i] > target).ToList();
        double[] sorted = [.. readings.Order()];
        double At(double share) => sorted[(int)Math.Round(share * (sorted.Length - 1))];
        return new(upward.Count < 2 ? readings.Count : (double)(upward[^1] - upward[0]) / (upward.Count - 1), (At(0.95) - At(0.05)) / 2);
    }
}
