using System.Diagnostics;
using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Environments.Mujoco;
using Pilotage.Lab.Data;
using Pilotage.Tensors;

namespace Pilotage.Bench;

/// <summary>What it brings that a step is played while the last update is made: SAC (256-256, batch 256, one update a step) on tasks whose play takes more and more time.</summary>
/// <remarks>Four learners of one task by turns, an iteration of 256 steps each: in turn and overlapped, with one thread and with two; ratios of neighbours in time.</remarks>
internal static class OverlapBench
{
    private const int Turns = 7;

    public static IReadOnlyList<BenchRow> Run()
    {
        var folder = DataFolders.Of(DataCatalog.MujocoModels, DataFolders.Root(Environment.GetEnvironmentVariable("PILOTAGE_MODELS"), Environment.CurrentDirectory));
        var tasks = MujocoCatalog.All(() => folder);
        return [.. new[] { ("Walker2d-v4", 1), ("Humanoid-v4", 1), ("Humanoid-v4", 8) }.SelectMany(pair => Measure(tasks.First(task => task.Name == pair.Item1), pair.Item2))];
    }

    private static IEnumerable<BenchRow> Measure(EnvironmentEntry task, int rows)
    {
        Sac Make(int threads, bool overlap) => OverlapBench.Make(task, rows, threads, overlap);
        Sac[] learners = [Make(threads: 1, overlap: false), Make(threads: 1, overlap: true), Make(threads: 2, overlap: false), Make(threads: 2, overlap: true)];
        foreach (var learner in learners)
            learner.Iterate();
        var seconds = new double[learners.Length][];
        for (var k = 0; k < learners.Length; k++) seconds[k] = new double[Turns];
        var before = learners[0].Timing;
        for (var turn = 0; turn < Turns; turn++)
            for (var k = 0; k < learners.Length; k++)
            {
                var start = Stopwatch.GetTimestamp();
                learners[k].Iterate();
                seconds[k][turn] = Stopwatch.GetElapsedTime(start).TotalSeconds;
            }
        var after = learners[0].Timing;
        var name = $"SAC on {(rows == 1 ? "" : $"{rows} ")}{task.Name}";
        var (play, learn) = (after.Environment + after.Act - before.Environment - before.Act, after.Learn - before.Learn);
        BenchRow Gain(string what, int of, int to) => new($"{name}, {what}", 100 * Median([.. seconds[of].Zip(seconds[to], (slower, faster) => slower / faster)]), "% of the speed");
        return
        [
            new($"{name}, in turn on one thread", 256 * rows / Median([.. seconds[0]]), "steps/s"), new($"{name}, of which play", 100 * play / (play + learn), "%"),
            Gain("overlapped on one, against in turn on one", 0, 1), Gain("in turn on two, against in turn on one", 0, 2),
            Gain("overlapped on two, against in turn on one", 0, 3), Gain("overlapped on two, against in turn on two", 2, 3),
        ];
    }

    private static Sac Make(EnvironmentEntry task, int rows, int threads, bool overlap)
    {
        var seeds = SeedTree.Root(1);
        var config = new SacConfig { Steps = 1_000_000_000, Capacity = 20_000, LearningStarts = 256, EnvironmentCount = rows, Overlap = overlap };
        return new(config, task.Create(rows, seeds), seeds, Device.Processor(threads));
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
