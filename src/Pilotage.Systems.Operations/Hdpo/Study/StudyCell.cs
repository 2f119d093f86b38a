namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>One problem of the study.</summary>
/// <param name="Family">Which kind: <c>backlog</c>, <c>lost</c>, <c>serial</c>, <c>warehouse</c>.</param>
/// <param name="Path">Its name as an instance: <c>backlog/L4</c>.</param>
/// <param name="Network">The network.</param>
/// <param name="Process">Demand.</param>
internal sealed record StudyCell(string Family, string Path, InventoryNetwork Network, DemandProcess Process)
{
    /// <summary>Solves the problem exactly: the best policy and its cost for a period in the long run; <see langword="null"/> where nobody can.</summary>
    public Func<(IOrderPolicy Policy, double Cost)>? Solve { get; init; }

    /// <summary>How its network is trained.</summary>
    public PathwiseSettings Training { get; init; } = new();

    /// <summary>First stock levels of a trained rule: mean demand over the lead time and the period itself.</summary>
    public IReadOnlyList<double> FirstLevels { get; init; } = [];

    /// <summary>Mean demand of each store.</summary>
    public IReadOnlyList<double> Means => [.. Enumerable.Range(0, Process.StoreCount).Select(Process.Mean)];

    /// <summary>Mean demand of a store.</summary>
    public double Scale => Means.Average();

    /// <summary>Whether orders must be whole.</summary>
    public bool IsWhole => Process is DemandProcess.Poisson;
}
