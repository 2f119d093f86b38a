namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Sizes of what the graph network sees and says.</summary>
/// <param name="Nodes">Nodes of a job, padding included.</param>
/// <param name="Degree">Children of a node, padding included.</param>
/// <param name="Limits">Parallelism limits to choose from, as shares of the executors, ascending; the last is 1.</param>
internal sealed record GraphLayout(int Nodes, int Degree, IReadOnlyList<double> Limits)
{
    /// <summary>Numbers of each node: see <see cref="GraphView"/>.</summary>
    public const int Features = 8;

    /// <summary>The layout that holds some shapes.</summary>
    public static GraphLayout For(IReadOnlyList<JobShape> shapes) => new(
        shapes.Max(shape => shape.Stages.Count), Math.Max(1, shapes.Max(shape => shape.Children.Max(children => children.Length))), [0.1, 0.2, 0.35, 0.5, 0.75, 1]);

    /// <summary>A limit as a number of executors, at least 1.</summary>
    public int Executors(int limit, int all) => Math.Max(1, (int)Math.Round(Limits[limit] * all));
}
