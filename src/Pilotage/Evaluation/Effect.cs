namespace Pilotage.Evaluation;

/// <summary>What a claim measured: an estimate with its interval.</summary>
/// <param name="Estimate">In the unit of the claim's region.</param>
/// <param name="Low">Lower end of the interval.</param>
/// <param name="High">Upper end of the interval.</param>
/// <param name="Units">Number of independent units behind it.</param>
/// <param name="SmallestAttainableP">The least p that the test could give with this many units, before correction.</param>
public readonly record struct Effect(double Estimate, double Low, double High, int Units, double SmallestAttainableP)
{
    /// <summary>p of the test against the region's border, corrected for the number of comparisons; NaN where the claim uses its interval alone.</summary>
    public double P { get; init; } = double.NaN;

    /// <summary>The test in words, with how the units were formed.</summary>
    public string Test { get; init; } = "";
}
