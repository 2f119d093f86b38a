namespace Pilotage.Evaluation.Statistics;

/// <summary>Several inferences of the same number, of which the most doubtful speaks: the hull of their intervals, the greatest p.</summary>
/// <remarks>What it rejects, each of them rejects; so its error is at most that of any part that is valid.</remarks>
/// <param name="parts">At least one; the first one's estimate is told.</param>
public sealed class StrictestInference(params IReadOnlyList<IInference> parts) : IInference
{
    /// <inheritdoc/>
    public string Name => string.Join(" and ", parts.Select(p => p.Name));

    /// <inheritdoc/>
    public int Units => parts.Min(p => p.Units);

    /// <inheritdoc/>
    public double Estimate => parts[0].Estimate;

    /// <inheritdoc/>
    public double SmallestP => parts.Max(p => p.SmallestP);

    /// <inheritdoc/>
    public Interval Bounds(double errorPerEnd) => parts.Select(p => p.Bounds(errorPerEnd)).Aggregate((a, b) => a.Hull(b));

    /// <inheritdoc/>
    public double PAbove(double border) => parts.Max(p => p.PAbove(border));

    /// <inheritdoc/>
    public double PBelow(double border) => parts.Max(p => p.PBelow(border));
}
