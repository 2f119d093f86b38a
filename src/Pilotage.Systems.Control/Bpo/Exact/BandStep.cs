namespace Pilotage.Systems.Control.Bpo;

/// <summary>One way to move the policy of one state.</summary>
/// <param name="probabilities">pi0, [actions].</param>
/// <param name="values">Q, [actions].</param>
/// <param name="ratios">Receives rho, [actions]; sum pi0 rho = 1.</param>
internal delegate void BandStep(ReadOnlySpan<double> probabilities, ReadOnlySpan<double> values, Span<double> ratios);

/// <summary>The ways that the exact study compares.</summary>
internal static class BandSteps
{
    /// <summary>The linear program: lambda to 0.</summary>
    public static BandStep Linear(RatioBand band) => (probabilities, values, ratios) => LinearBandStep.Solve(probabilities, values, band, ratios);

    /// <summary>The smooth solution.</summary>
    public static BandStep FermiDirac(RatioBand band, double temperature) => (probabilities, values, ratios) => FermiDiracStep.Solve(probabilities, values, band, temperature, ratios);

    /// <summary>What the clipped objective aims at: 1 + epsilon sign(A) around the mean, which is no distribution, divided by its sum.</summary>
    public static BandStep MeanTarget(double radius) => (probabilities, values, ratios) =>
    {
        var (mean, sum) = (0.0, 0.0);
        for (var a = 0; a < values.Length; a++) mean += probabilities[a] * values[a];
        for (var a = 0; a < values.Length; a++)
        {
            ratios[a] = 1 + radius * Math.Sign(values[a] - mean);
            sum += probabilities[a] * ratios[a];
        }
        foreach (ref var ratio in ratios) ratio /= sum;
    };
}
