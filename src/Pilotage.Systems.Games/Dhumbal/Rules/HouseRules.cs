using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>The rules of a table. Defaults: arXiv:2510.11736, but for the card that may be picked, which is that of the played game.</summary>
[Settings]
public sealed partial record HouseRules : ISettingsRules
{
    /// <summary>Players at the table. Two to five.</summary>
    [Range(2, 5)]
    public int Players { get; init; } = 4;

    /// <summary>Cards dealt to each player. Few: rounds end at once; many: long rounds and runs of up to thirteen cards. Usual 5.</summary>
    [Range(1, 25)]
    public int HandSize { get; init; } = 5;

    /// <summary>The highest value of a hand with which its owner may call. Low: long rounds; high: calls on the first turn. Usual 5-10.</summary>
    [Range(0, 100)]
    public int CallThreshold { get; init; } = 10;

    /// <summary>Which card of the pile may be taken: previous (as the game is played), or own (as the paper's program does).</summary>
    public PickRule Pickup { get; init; } = PickRule.Previous;

    /// <summary>Whether two to four cards of one rank may be discarded together.</summary>
    public bool Sets { get; init; } = true;

    /// <summary>Whether three or more consecutive cards of one suit may be discarded together; the ace is low and runs do not go round the corner.</summary>
    public bool Runs { get; init; } = true;

    /// <summary>Turns, over all players, after which the lowest hand counts as the caller. Usual 100, while training 50.</summary>
    [Range(1, 1000)]
    public int TurnCap { get; init; } = 100;

    /// <summary>A hand costs its owner at most this many coins.</summary>
    [Range(1, 1000)]
    public int ValueCap { get; init; } = 100;

    /// <summary>A failed caller pays the sum of all hands, its own included, times this. 0 makes calling free; usual 1.</summary>
    [Range(0, 10)]
    public int FailureFactor { get; init; } = 1;

    /// <summary>Coins that a failed caller pays on top. 30 is common where the sum is not paid.</summary>
    [Range(0, 1000)]
    public int FailureFee { get; init; }

    /// <summary>The most coins that can change hands in a round; returns of a search are in this unit.</summary>
    public int LargestTransfer => Math.Max(1, Players * Math.Min(ValueCap, LargestHand) * Math.Max(1, FailureFactor) + FailureFee);

    // Kings, queens, jacks and so on downwards.
    private int LargestHand => Enumerable.Range(0, HandSize).Sum(card => 13 - card / 4);

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (Players * HandSize > Cards.Count - 1)
            yield return $"players = {Players} with handSize = {HandSize} need {Players * HandSize} cards, and one more begins the pile; there are {Cards.Count}. Use at most {(Cards.Count - 1) / Players} cards each.";
        if (FailureFactor == 0 && FailureFee == 0)
            yield return "failureFactor = 0 and failureFee = 0 make a failed call free, so everybody calls at once. Give one of them.";
    }
}
