using System.Diagnostics;
using Pilotage.Systems.Operations.CloudScheduling;

namespace Pilotage.Bench;

/// <summary>Events per second of the cluster simulator under rules: ten machines of three classes at a load of 0.9. One thread.</summary>
public static class SchedulingBench
{
    private const double Seconds = 2;
    private const int Tasks = 20_000;

    /// <summary>Measures all cases.</summary>
    /// <returns>One row per case.</returns>
    public static IReadOnlyList<BenchRow> Run()
    {
        var world = new AssignmentWorld(new() { Tasks = Tasks }, 0.9);
        var random = SeedTree.Root(1).Start();
        var problem = world.Draw(ref random);
        return [.. new[] { "fifo", "least-loaded", "earliest-finish", "sjf" }.Select(Row)];

        BenchRow Row(string name)
        {
            var (cluster, rule, rates) = (new ClusterSimulation(world.Rules), SchedulerCatalog.Make(name, SeedTree.Root(2)), new List<double>());
            for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < Seconds;) Play();          // until compiled for good
            rates.Clear();
            for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < Seconds;) Play();
            rates.Sort();
            return new($"scheduling, 10 machines, {name}", rates[rates.Count / 2], "events/s");

            void Play()
            {
                var one = Stopwatch.GetTimestamp();
                cluster.Begin(problem);
                while (cluster.Advance()) rule.Decide(cluster);
                rates.Add(cluster.Events / Stopwatch.GetElapsedTime(one).TotalSeconds);
            }
        }
    }
}
