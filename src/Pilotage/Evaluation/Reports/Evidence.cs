using System.Text.Json.Serialization;

namespace Pilotage.Evaluation.Reports;

/// <summary>What a verdict rests on.</summary>
/// <param name="Estimate">The effect.</param>
/// <param name="Low">Lower end of its interval at level over comparisons; <see langword="null"/> if the units cannot give one at that level.</param>
/// <param name="High">Upper end; <see langword="null"/> likewise.</param>
/// <param name="P">p against the region's border, corrected for the comparisons; <see langword="null"/> where the claim uses its interval alone.</param>
/// <param name="SmallestAttainableP">The least p that so many units can give, before correction.</param>
/// <param name="Units">Number of independent units.</param>
/// <param name="Region">Where the claim holds, in words.</param>
/// <param name="Level">Probability of error over all comparisons.</param>
/// <param name="Comparisons">How many tests share the level.</param>
/// <param name="Test">The test, and how units were formed.</param>
/// <param name="Note">Why there is no verdict and what would give one; empty otherwise.</param>
public sealed record Evidence(
    double Estimate, double? Low, double? High, double? P, double SmallestAttainableP, int Units, string Region, double Level, int Comparisons,
    string Test, string Note)
{
    /// <summary>Whether the effect is a time, which no run repeats bit for bit.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsTiming { get; init; }
}
