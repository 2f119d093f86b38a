namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>Agent-steps a second of a society of 240 on its graph.</summary>
internal static class SocietySpeed
{
    private const int Steps = 500;

    /// <summary>Learning, reactive and fixed agents.</summary>
    public static SpeedGroup Group { get; } = new("society", "agents on a graph that influence each other", [
        Case("240 learning agents", Architecture.Learning) with { IsShort = true },
        Case("240 reactive agents", Architecture.Reactive),
        Case("240 fixed agents", Architecture.Fixed),
    ]);

    private static SpeedCase Case(string name, Architecture architecture) => new(name, "agent-steps/s", _ =>
    {
        var config = new DelayedRepressionConfig() with { Steps = Steps };
        var (graph, population) = StudyArms.World(config, SeedTree.Root(1));
        return () =>
        {
            SocietyRun.Live(graph, population, config, architecture, delay: 8, isGoverned: false, SeedTree.Root(2));
            return graph.Count * Steps;
        };
    });
}
