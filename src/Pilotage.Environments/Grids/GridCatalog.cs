using Pilotage.Policies;

namespace Pilotage.Environments.Grids;

/// <summary>Tasks in grids that are seen from within.</summary>
public static class GridCatalog
{
    /// <summary>All tasks, in the order in which they are listed.</summary>
    public static IReadOnlyList<EnvironmentEntry> All { get; } =
    [
        Entry<LavaGap>("Reach a corner through the gap in a column of lava", LavaGapRule.Decide, "Walks the shortest path that it sees to the goal, else through the gap, else turns to look around"),
        Entry<DynamicObstacles>("Reach a corner among balls that wander", DynamicObstaclesRule.Decide, "Walks the shortest path that it sees to the goal, else straight on, and never into anything"),
    ];

    private static EnvironmentEntry Entry<T>(string summary, DiscreteRule rule, string heuristic) where T : struct, IEnvironment =>
        new(summary, T.Describe(), (rows, seeds) => new VectorEnvironment<T>(new T[rows], seeds), () => new RulePolicy(rule), heuristic);
}
