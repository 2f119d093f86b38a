namespace Pilotage.Evaluation.Reports.Plots;

/// <summary>One line, with a band where there is one.</summary>
/// <param name="Name">In the legend.</param>
/// <param name="X">Ascending.</param>
/// <param name="Y">One per x; NaN leaves a gap.</param>
public sealed record LineSeries(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y)
{
    /// <summary>Lower edge of the band, one per x; empty without band.</summary>
    public IReadOnlyList<double> Low { get; init; } = [];

    /// <summary>Upper edge of the band, one per x; empty without band.</summary>
    public IReadOnlyList<double> High { get; init; } = [];

    /// <summary>Whether a value holds until the next x (a number of machines) instead of changing between the two (a mean).</summary>
    public bool IsStepped { get; init; }

    /// <summary>Whether it is what the others are compared with: drawn dashed and in grey.</summary>
    public bool IsReference { get; init; }
}
