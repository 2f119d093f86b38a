using Pilotage.Environments;
using Pilotage.Search;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>Rounds of rule players, iterations of searches, steps of learners' seats in a second.</summary>
internal static class DhumbalSpeed
{
    private const int Rounds = 500;
    private const int Iterations = 500;
    private const int Calls = 200;
    private static readonly PlayStyle[] Styles = [PlayStyle.Aggressive, PlayStyle.Conservative, PlayStyle.Balanced, PlayStyle.Opportunistic];

    /// <summary>Four rules under both ways to pick a card, two searches, hands drawn, seats of learners.</summary>
    public static SpeedGroup Group { get; } = new("cards", "rounds of a card game", [
        Played("four rules", PickRule.Previous) with { IsShort = true },
        Played("four rules, the paper's pick", PickRule.Own),
        Search("search, random play", () => new RandomPlayout<DhumbalRound>()),
        Search("search, a rule's play", () => new RulePlayout(new StyleAgent(PlayStyle.Aggressive))),
        HandsDrawn(),
        Seats(16),
    ]);

    private static SpeedCase Played(string name, PickRule pickup) => new(name, "rounds/s", _ =>
    {
        var rules = new RoundRules(new() { Pickup = pickup });
        IDhumbalAgent[] agents = [.. Styles.Select(style => new StyleAgent(style))];
        var (coins, discarded, deal, random) = (new long[agents.Length], new int[agents.Length], 0UL, SeedTree.Root(1).Start());
        return () =>
        {
            for (var i = 0; i < Rounds; i++)
            {
                var round = new DhumbalRound(rules, 0, new(deal++));
                RoundPlayer.Play(ref round, agents, coins, ref random, discarded);
            }
            return Rounds;
        };
    });

    private static SpeedCase Search(string name, Func<ILeafEvaluation<DhumbalRound>> evaluation) => new(name, "iterations/s", _ =>
    {
        var search = new TreeSearch<DhumbalRound>(new() { Simulations = Iterations, Exploration = 0.2 }, evaluation(), new HiddenHands());
        var (round, random) = (new DhumbalRound(new(), 0, SeedTree.Root(2)), SeedTree.Root(3).Start());
        return () =>
        {
            search.Decide(round, ref random);
            return Iterations;
        };
    });

    private static SpeedCase HandsDrawn() => new("hidden hands drawn", "draws/s", _ =>
    {
        var round = new DhumbalRound(new(), 0, SeedTree.Root(2));
        var (sample, random, hands) = (default(DhumbalRound), SeedTree.Root(3).Start(), new HiddenHands());
        return () =>
        {
            for (var i = 0; i < Iterations; i++) hands.Sample(round, 0, ref sample, ref random);
            return Iterations;
        };
    });

    private static SpeedCase Seats(int rows) => new($"a learner's seat, {rows} rows", "steps/s", _ =>
    {
        var seats = new SeatOptions().Create(rows, SeedTree.Root(4));
        var actions = new ActionBatch(seats.Spec.Actions, rows);
        return () =>
        {
            for (var t = 0; t < Calls; t++)
            {
                var frames = seats.Frames;
                for (var row = 0; row < rows; row++) actions.Indices[row] = frames.LegalOf(row).IndexOf(value: true);
                seats.Step(actions);
            }
            return rows * Calls;
        };
    });
}
