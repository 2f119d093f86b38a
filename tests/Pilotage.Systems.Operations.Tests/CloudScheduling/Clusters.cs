using Pilotage.Systems.Operations.CloudScheduling;

namespace Pilotage.Systems.Operations.Tests.CloudScheduling;

/// <summary>Small clusters for tests.</summary>
internal static class Clusters
{
    /// <summary>Machines of one core each.</summary>
    public static IReadOnlyList<Machine> Speeds(params double[] speeds) => [.. speeds.Select((speed, i) => new Machine($"m{i}", 1, 1, speed))];

    /// <summary>Tasks that are all there at time 0.</summary>
    public static IReadOnlyList<Job> Batch(params double[] work) => [.. work.Select((w, i) => Job.Single($"j{i}", 0, w))];

    /// <summary>Random DAGs on random machines, with transfers, several cores and memory.</summary>
    public static ClusterProblem Drawn(ref Randomness random, ArrivalKind arrivals = ArrivalKind.Poisson)
    {
        var machines = new List<Machine>();
        for (var m = 0; m < 1 + random.NextInt(4); m++) machines.Add(new($"m{m}", 1 + random.NextInt(4), 4 + random.NextInt(8), 1 + random.NextInt(3), 50, 120, 0.1));
        machines.Add(new("large", 4, 8, 1, 80, 200, 0.2));
        var count = 3 + random.NextInt(8);
        var times = ArrivalProcess.Times(arrivals, count, 0.2, ref random);
        var jobs = new List<Job>();
        for (var j = 0; j < count; j++)
        {
            var (stages, edges) = (new List<Stage>(), new List<(int, int)>());
            var size = 1 + random.NextInt(5);
            for (var s = 0; s < size; s++)
            {
                stages.Add(new($"s{s}", 1 + random.NextInt(4), 1 + random.NextInt(9), 1 + random.NextInt(3), random.NextInt(5), random.NextInt(2) * 250e6));
                for (var before = 0; before < s; before++)
                    if (random.NextInt(3) == 0) edges.Add((before, s));
            }
            jobs.Add(new($"j{j}", times[j], JobShape.Create(stages, edges), 1, times[j] + 60));
        }
        return ClusterProblem.Create(machines, jobs);
    }

    public static ScheduleFigures Run(IReadOnlyList<Machine> machines, IReadOnlyList<Job> jobs, string rule, ClusterRules? rules = null, ScheduleLog? log = null) =>
        Scheduling.Run(new(rules ?? new()), ClusterProblem.Create(machines, jobs), SchedulerCatalog.Make(rule, SeedTree.Root(1)), log);
}
