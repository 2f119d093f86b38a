using Pilotage.Systems.Games.Dhumbal;

namespace Pilotage.Systems.Games.Tests.Dhumbal;

/// <summary>Rounds for tests: found by playing deals until one has what is asked for, so that nothing of a round's inside need be written.</summary>
internal static class Rounds
{
    /// <summary>Four rule players.</summary>
    public static IDhumbalAgent[] Rules() =>
        [new StyleAgent(PlayStyle.Aggressive), new StyleAgent(PlayStyle.Conservative), new StyleAgent(PlayStyle.Balanced), new StyleAgent(PlayStyle.Opportunistic)];

    /// <summary>A set from texts such as <c>K♠ K♥ 2♦</c>.</summary>
    public static ulong Cards(string text) => MoveText.TryParseCards(text, out var cards) ? cards : throw new ArgumentException(text, nameof(text));

    /// <summary>The first moment, over deals and random moves, of which something is true.</summary>
    public static DhumbalRound Find(HouseRules rules, Func<DhumbalRound, bool> wanted, int deals = 20_000)
    {
        var random = SeedTree.Root(99).Start();
        var legal = new int[Moves.CountFor(rules.HandSize)];
        for (var deal = 0; deal < deals; deal++)
        {
            var round = new DhumbalRound(rules, 0, SeedTree.Root(7).Branch(deal));
            while (!round.IsOver)
            {
                if (wanted(round)) return round;
                round.Play(legal[random.NextInt(round.ListLegal(legal))]);
            }
            if (wanted(round)) return round;
        }
        throw new InvalidOperationException("No such moment.");
    }
}
