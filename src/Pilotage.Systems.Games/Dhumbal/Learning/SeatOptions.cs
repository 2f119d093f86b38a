using Pilotage.Environments;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>What a learner's seat is like.</summary>
internal sealed record SeatOptions
{
    /// <summary>House rules.</summary>
    public HouseRules Rules { get; init; } = new();

    /// <summary>Whether outputs are places in the sorted list of legal moves, as in the paper, instead of moves.</summary>
    public bool SortedMoves { get; init; }

    /// <summary>Whether every decision is rewarded as in the paper, instead of the round's coins at its end.</summary>
    public bool HasPaperRewards { get; init; }

    /// <summary>Whether the others' counts of cards are seen one by one.</summary>
    public bool HasDetails { get; init; } = true;

    /// <summary>Coins that every seat begins with; 1,000,000 in the paper's training.</summary>
    public long FirstCoins { get; init; } = 10_000;

    /// <summary>Numbers of an observation.</summary>
    public int ObservationSize => HasDetails ? SeatObservation.DetailedSize : SeatObservation.PlainSize;

    /// <summary>Everything as in the paper, at a table of five.</summary>
    /// <param name="rules">House rules; players and the limit of turns are replaced.</param>
    public static SeatOptions Paper(HouseRules rules) => new()
    {
        Rules = rules with { Players = Math.Min(5, (Cards.Count - 1) / rules.HandSize), TurnCap = 50 }, SortedMoves = true, HasPaperRewards = true, HasDetails = false, FirstCoins = 1_000_000,
    };

    /// <summary>The environment's description.</summary>
    public EnvironmentSpec Describe() => new()
    {
        Name = SortedMoves ? "Dhumbal-paper" : "Dhumbal", ObservationSize = ObservationSize, Actions = new ActionCoding(Rules, SortedMoves).Space,
        ObservationNames = [.. SeatObservation.Names.Take(ObservationSize)], RewardUnit = HasPaperRewards ? "points" : "100 coins",
    };

    /// <summary>Seats for a learner.</summary>
    /// <param name="rows">Tables that it plays at the same time.</param>
    /// <param name="seeds">The run's seeds.</param>
    public VectorEnvironment<DhumbalSeat> Create(int rows, SeedTree seeds) =>
        new([.. Enumerable.Range(0, rows).Select(_ => new DhumbalSeat(this, Opponents()))], seeds, Describe());

    // The rule styles, as in the paper; in the default mode a random player too, so that weak play is known as well.
    private IReadOnlyList<IDhumbalAgent> Opponents() =>
    [
        new StyleAgent(PlayStyle.Aggressive), new StyleAgent(PlayStyle.Conservative), new StyleAgent(PlayStyle.Balanced), new StyleAgent(PlayStyle.Opportunistic),
        .. HasPaperRewards ? Array.Empty<IDhumbalAgent>() : [new RandomAgent()],
    ];
}
