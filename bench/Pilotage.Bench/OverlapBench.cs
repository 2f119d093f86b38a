using System.Diagnostics;
using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Environments.Mujoco;
using Pilotage.Lab.Data;
using Pilotage.Tensors;

namespace Pilotage.Bench;

/// <summary>What it brings that a step is played while the last update is made: SAC (256-256, batch 256, one update a step) on tasks whose steps take more and more time.</summary>
/// <remarks>Four learners of one task by turns, an iteration of 256 steps each: in turn and overlapped, with one thread and with two; ratios of neighbours in time.</remarks>
internal static class OverlapBench
{
    private const int Turns = 9;

    public static IReadOnlyList<BenchRow> Run()
    {
        var folder = DataFolders.Of(DataCatalog.MujocoModels, DataFolders.Root(Environment.GetEnvironmentVariable("PILOTAGE_MODELS"), Environment.CurrentDirectory));
        var tasks = MujocoCatalog.All(() => folder);
        return [.. new[] { "HalfCheetah-v4", "Walker2d-v4", "Humanoid-v4" }.SelectMany(name => Measure(tasks.First(task => task.Name == name)))];
    }

    private static IEnumerable<BenchRow> Measure(EnvironmentEntry task)
    {
        Sac[] learners = [Make(task, threads: 1, overlap: false), Make(task, threads: 1, overlap: true), Make(task, threads: 2, overlap: false), Make(task, threads: 2, overlap: true)];
        foreach (var learner in learners)
            for (var i = 0; i < 2; i++) learner.Iterate();
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
        var (play, learn) = (after.Environment + after.Act - before.Environment - before.Act, after.Learn - before.Learn);
        double Gain(int of, int to) => Median([.. seconds[of].Zip(seconds[to], (slower, faster) => slower / faster)]);
        return
        [
            new($"SAC on {task.Name}, in turn on one thread", 256 / Median([.. seconds[0]]), "steps/s"),
            new($"SAC on {task.Name}, share of play", 100 * play / (play + learn), "%"),
            new($"SAC on {task.Name}, overlapped on one thread", Gain(0, 1), "times as fast"),
            new($"SAC on {task.Name}, in turn on two", Gain(0, 2), "times as fast"),
            new($"SAC on {task.Name}, overlapped on two", Gain(0, 3), "times as fast"),
            new($"SAC on {task.Name}, overlapped on two against in turn on two", Gain(2, 3), "times as fast"),
        ];
    }

    private static Sac Make(EnvironmentEntry task, int threads, bool overlap)
    {
        var seeds = SeedTree.Root(1);
        var config = new SacConfig { Steps = 1_000_000_000, Capacity = 20_000, LearningStarts = 256, Overlap = overlap };
        return new(config, task.Create(1, seeds), seeds, Device.Processor(threads));
    }

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values[values.Length / 2];
    }
}
