using System.Text.Json.Serialization;

namespace Pilotage.Evaluation.Reports;

/// <summary>One arm against the reference arm. Each interval stands for itself, at 95 %; corrections for several comparisons are the claims' business.</summary>
/// <param name="A">Name of the arm.</param>
/// <param name="B">Name of the reference arm.</param>
/// <param name="Metric">Name of the metric.</param>
/// <param name="Difference">Mean of a - b over units.</param>
/// <param name="Low">Lower end of its interval; <see langword="null"/> for one unit.</param>
/// <param name="High">Upper end; <see langword="null"/> for one unit.</param>
/// <param name="P">Two-sided p of no difference.</param>
/// <param name="Test">The test, and how units were formed.</param>
/// <param name="Paired">Whether units are differences on the same seeds and instances.</param>
/// <param name="Units">Number of units.</param>
public sealed record ComparisonReport(
    string A, string B, string Metric, double Difference, double? Low, double? High, double? P, string Test, bool Paired, int Units)
{
    /// <summary>Probability that A does better than B on one instance, ties counting half; absent where it was not computed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? ProbabilityOfImprovement { get; init; }
}
