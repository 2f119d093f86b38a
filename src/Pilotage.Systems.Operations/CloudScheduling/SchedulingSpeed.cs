namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Events a second of the cluster simulator under rules: ten machines of three classes at a load of 0.9, 20,000 tasks.</summary>
internal static class SchedulingSpeed
{
    private const int Tasks = 20_000;

    /// <summary>Four rules.</summary>
    public static SpeedGroup Group { get; } = new("scheduling", "events of a simulated cluster", [
        Case("fifo") with { IsShort = true }, Case("least-loaded"), Case("earliest-finish"), Case("sjf"),
    ]);

    private static SpeedCase Case(string rule) => new($"10 machines, {rule}", "events/s", _ =>
    {
        var world = new AssignmentWorld(new() { Tasks = Tasks }, 0.9);
        var random = SeedTree.Root(1).Start();
        var problem = world.Draw(ref random);
        var (cluster, scheduler) = (new ClusterSimulation(world.Rules), SchedulerCatalog.Make(rule, SeedTree.Root(2)));
        return () =>
        {
            cluster.Begin(problem);
            while (cluster.Advance()) scheduler.Decide(cluster);
            return cluster.Events;
        };
    });
}
