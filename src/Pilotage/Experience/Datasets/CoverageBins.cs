namespace Pilotage.Experience.Datasets;

/// <summary>What counts as the same state and action when a data set's coverage is measured.</summary>
/// <remarks>Source: arXiv:2111.04714, section 4 and its code: classic control tasks in 100 edges per axis, grid worlds exactly as observed.</remarks>
public sealed record CoverageBins
{
    private CoverageBins(int edges) => Edges = edges;

    /// <summary>Equal numbers only.</summary>
    public static CoverageBins Exact { get; } = new(0);

    /// <summary>Edges per axis, from the smallest to the largest value in the reference; 0 where equal numbers only count as the same.</summary>
    public int Edges { get; }

    /// <summary>Equal bins on each axis of the observation, and of real-valued actions; indices of actions are never put together.</summary>
    /// <param name="edges">Edges per axis, at least 2; usual 100. Few: everything is the same; many: nothing is.</param>
    /// <returns>Edges evenly from the smallest to the largest value that the reference has on the axis, both included; what lies outside has a bin on either side.</returns>
    public static CoverageBins Uniform(int edges = 100)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(edges, 2);
        return new(edges);
    }
}
