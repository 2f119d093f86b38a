namespace Pilotage.Evaluation.Reports.Plots;

/// <summary>Maps of a plane side by side, each cell the darker the more there is: where policies spend their time.</summary>
/// <param name="Name">As in <see cref="Plot"/>.</param>
/// <param name="Title">As in <see cref="Plot"/>.</param>
/// <param name="X">What runs to the right.</param>
/// <param name="Y">What runs upwards.</param>
/// <param name="Maps">At least one; all over the same part of the plane, and of one scale of darkness.</param>
public sealed record HeatMapPlot(string Name, string Title, Axis X, Axis Y, IReadOnlyList<HeatMap> Maps) : Plot(Name, Title)
{
    /// <summary>The part of the plane, to the right.</summary>
    public (double Low, double High) Width { get; init; } = (0, 1);

    /// <summary>The part of the plane, upwards.</summary>
    public (double Low, double High) Height { get; init; } = (0, 1);

    /// <summary>A line drawn over every map: the border of what is talked about. Empty for none.</summary>
    public IReadOnlyList<(double X, double Y)> Outline { get; init; } = [];
}
