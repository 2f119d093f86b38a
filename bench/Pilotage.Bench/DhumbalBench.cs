using System.Diagnostics;
using Pilotage.Environments;
using Pilotage.Search;
using Pilotage.Systems.Games.Dhumbal;

namespace Pilotage.Bench;

/// <summary>Rounds per second of rule players, iterations per second of searches, steps per second of seats for learners. One thread.</summary>
public static class DhumbalBench
{
    private const double Seconds = 1;
    private const int Rounds = 2000, Iterations = 2000;

    /// <summary>Measures all cases.</summary>
    /// <returns>One row per case.</returns>
    public static IReadOnlyList<BenchRow> Run() =>
    [
        .. Played("four rules", PickRule.Previous, [PlayStyle.Aggressive, PlayStyle.Conservative, PlayStyle.Balanced, PlayStyle.Opportunistic]),
        .. Played("four rules, paper's pick", PickRule.Own, [PlayStyle.Aggressive, PlayStyle.Conservative, PlayStyle.Balanced, PlayStyle.Opportunistic]),
        Search("ISMCTS, random play", new RandomPlayout<DhumbalRound>()),
        Search("ISMCTS, a rule's play", new RulePlayout(new StyleAgent(PlayStyle.Aggressive))),
        Determinization(),
        Seats(rows: 16),
    ];

    private static IReadOnlyList<BenchRow> Played(string name, PickRule pickup, IReadOnlyList<PlayStyle> styles)
    {
        var rules = new RoundRules(new() { Pickup = pickup });
        IDhumbalAgent[] agents = [.. styles.Select(style => new StyleAgent(style))];
        var (coins, discarded, deal) = (new long[styles.Count], new int[styles.Count], 0UL);
        var random = SeedTree.Root(1).Start();
        void Play()
        {
            for (var i = 0; i < Rounds; i++)
            {
                var round = new DhumbalRound(rules, 0, new(deal++));
                RoundPlayer.Play(ref round, agents, coins, ref random, discarded);
            }
        }
        var rate = Measure(name, Rounds, "rounds/s", Play);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Play();
        return [rate, new($"{name}, allocated", (double)(GC.GetAllocatedBytesForCurrentThread() - before) / Rounds, "bytes/round")];
    }

    private static BenchRow Search(string name, ILeafEvaluation<DhumbalRound> evaluation)
    {
        var search = new TreeSearch<DhumbalRound>(new() { Simulations = Iterations, Exploration = 0.2 }, evaluation, new HiddenHands());
        var round = new DhumbalRound(new(), 0, SeedTree.Root(2));
        var random = SeedTree.Root(3).Start();
        return Measure(name, Iterations, "iterations/s", () => search.Decide(round, ref random));
    }

    private static BenchRow Determinization()
    {
        var round = new DhumbalRound(new(), 0, SeedTree.Root(2));
        var (sample, random, hands) = (default(DhumbalRound), SeedTree.Root(3).Start(), new HiddenHands());
        return Measure("hidden hands drawn", Iterations, "draws/s", () =>
        {
            for (var i = 0; i < Iterations; i++) hands.Sample(round, 0, ref sample, ref random);
        });
    }

    private static BenchRow Seats(int rows)
    {
        var seats = new SeatOptions().Create(rows, SeedTree.Root(4));
        var actions = new ActionBatch(seats.Spec.Actions, rows);
        return Measure(FormattableString.Invariant($"seats among rules, {rows} rows"), rows * 200, "steps/s", () =>
        {
            for (var t = 0; t < 200; t++)
            {
                var frames = seats.Frames;
                for (var row = 0; row < rows; row++) actions.Indices[row] = frames.LegalOf(row).IndexOf(value: true);
                seats.Step(actions);
            }
        });
    }

    private static BenchRow Measure(string name, double units, string unit, Action run)
    {
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < Seconds;) run();      // until compiled for good
        var rates = new List<double>();
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < 2 * Seconds;)
        {
            var one = Stopwatch.GetTimestamp();
            run();
            rates.Add(units / Stopwatch.GetElapsedTime(one).TotalSeconds);
        }
        rates.Sort();
        return new(name, rates[rates.Count / 2], unit);                  // the median: most repetitions of a busy machine run undisturbed
    }
}
