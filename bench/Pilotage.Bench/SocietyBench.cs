using System.Diagnostics;
using Pilotage.Systems.Governance.DelayedRepression;

namespace Pilotage.Bench;

/// <summary>Agent-steps per second of a society of 240 on its graph: fixed, reactive and learning agents. One thread.</summary>
public static class SocietyBench
{
    private const double Seconds = 2;
    private const int StepsAtOnce = 500;

    /// <summary>Measures all cases.</summary>
    /// <returns>One row per case.</returns>
    public static IReadOnlyList<BenchRow> Run()
    {
        var config = new DelayedRepressionConfig();
        var (graph, population) = StudyArms.World(config, SeedTree.Root(1));
        return
        [
            .. new[] { (StudyArms.Fixed, Architecture.Fixed), (StudyArms.Reactive, Architecture.Reactive), (StudyArms.Learning, Architecture.Learning) }.Select(kind =>
                Row($"society of 240, {kind.Item1}", () => SocietyRun.Live(graph, population, config with { Steps = StepsAtOnce }, kind.Item2, delay: 8, isGoverned: false, SeedTree.Root(2)))),
        ];

        BenchRow Row(string name, Func<SocietyRun> live)
        {
            for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < Seconds;) live();         // until compiled for good
            var rates = new List<double>();
            for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < Seconds;)
            {
                var one = Stopwatch.GetTimestamp();
                live();
                rates.Add(graph.Count * StepsAtOnce / Stopwatch.GetElapsedTime(one).TotalSeconds);
            }
            rates.Sort();
            return new(name, rates[rates.Count / 2], "agent-steps/s");
        }
    }
}
