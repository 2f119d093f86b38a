using System.Numerics;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>The fixed catalogue of what can be discarded together: 52 cards, 78 pairs, 52 triples, 13 quads, then runs of one suit from three cards up.</summary>
/// <remarks>A hand of five can hold the first 315. A number of the catalogue means the same cards in every state, so that a network's output does too.</remarks>
public static class Discards
{
    /// <summary>Entries of the catalogue, runs of up to thirteen cards included.</summary>
    public const int Count = 459;

    private const int Pairs = 52, Triples = 130, Quads = 182, Runs = 195, SuitStep = 4, Ranks = 13;

    private static readonly ulong[] CardsOfEntry = Build();
    private static readonly byte[] ValueOfEntry = [.. CardsOfEntry.Select(cards => (byte)Cards.ValueOf(cards))];
    private static readonly int[] FirstRun = BuildFirstRun();

    // Of four cards of a rank: which two, three or four of them are held, as entries relative to the rank.
    private static readonly byte[] PairCards = [0b0011, 0b0101, 0b1001, 0b0110, 0b1010, 0b1100];
    private static readonly byte[] TripleCards = [0b0111, 0b1011, 0b1101, 0b1110];

    /// <summary>How many entries hands of a size can hold: 315 for five cards.</summary>
    /// <param name="handSize">Cards of a full hand, at least 1.</param>
    /// <returns>The catalogue's first part that is enough.</returns>
    public static int CountFor(int handSize) => handSize < 3 ? Runs : FirstRun[Math.Min(handSize, Ranks) + 1];

    /// <summary>The cards of an entry.</summary>
    /// <param name="entry">In [0, <see cref="Count"/>).</param>
    /// <returns>A set.</returns>
    public static ulong CardsOf(int entry) => CardsOfEntry[entry];

    /// <summary>What an entry's cards count.</summary>
    /// <param name="entry">In [0, <see cref="Count"/>).</param>
    /// <returns>The sum of the values.</returns>
    public static int ValueOf(int entry) => ValueOfEntry[entry];

    /// <summary>Whether an entry is a run.</summary>
    /// <param name="entry">In [0, <see cref="Count"/>).</param>
    /// <returns><see langword="true"/> for three or more cards of one suit.</returns>
    public static bool IsRun(int entry) => entry >= Runs;

    /// <summary>Whether an entry is two to four cards of one rank.</summary>
    /// <param name="entry">In [0, <see cref="Count"/>).</param>
    /// <returns><see langword="true"/> for a set.</returns>
    public static bool IsSet(int entry) => entry is >= Pairs and < Runs;

    /// <summary>The entry of given cards.</summary>
    /// <param name="cards">Any set.</param>
    /// <returns>Its number; -1 if these cards cannot be discarded together under any rules.</returns>
    public static int Find(ulong cards) => Array.IndexOf(CardsOfEntry, cards);

    /// <summary>Lists what can be discarded of a hand.</summary>
    /// <param name="hand">Any set.</param>
    /// <param name="sets">Whether cards of one rank may go together.</param>
    /// <param name="runs">Whether runs may.</param>
    /// <param name="entries">Room for <see cref="Count"/> numbers.</param>
    /// <returns>How many were written: cards, then sets by rank, then runs by length.</returns>
    public static int List(ulong hand, bool sets, bool runs, Span<int> entries)
    {
        var count = 0;
        for (var left = hand; left != 0; left &= left - 1) entries[count++] = BitOperations.TrailingZeroCount(left);
        if (sets)
        {
            for (var left = hand; left != 0;)
            {
                var rank = BitOperations.TrailingZeroCount(left) >> 2;
                var held = (int)(hand >> 4 * rank) & 15;
                left &= ~(15UL << 4 * rank);
                if ((held & held - 1) != 0) count = ListSets(rank, held, entries, count);
            }
        }
        if (!runs) return count;
        var starts = hand & hand >> SuitStep;
        for (var length = 3; length <= Ranks && (starts &= hand >> SuitStep * (length - 1)) != 0; length++)
            for (var left = starts; left != 0; left &= left - 1) entries[count++] = FirstRun[length] + BitOperations.TrailingZeroCount(left);
        return count;
    }

    private static int ListSets(int rank, int held, Span<int> entries, int count)
    {
        for (var i = 0; i < PairCards.Length; i++)
            if ((held & PairCards[i]) == PairCards[i]) entries[count++] = Pairs + PairCards.Length * rank + i;
        for (var i = 0; i < TripleCards.Length; i++)
            if ((held & TripleCards[i]) == TripleCards[i]) entries[count++] = Triples + TripleCards.Length * rank + i;
        if (held == 15) entries[count++] = Quads + rank;
        return count;
    }

    private static ulong[] Build()
    {
        var all = new List<ulong>(Count);
        for (var card = 0; card < Cards.Count; card++) all.Add(Cards.Bit(card));
        foreach (var choice in new byte[][] { [0b0011, 0b0101, 0b1001, 0b0110, 0b1010, 0b1100], [0b0111, 0b1011, 0b1101, 0b1110], [0b1111] })
            for (var rank = 0; rank < Ranks; rank++) all.AddRange(choice.Select(cards => (ulong)cards << 4 * rank));
        for (var length = 3; length <= Ranks; length++)
            for (var start = 0; start < SuitStep * (Ranks + 1 - length); start++) all.Add(Run(start, length));
        return [.. all];
    }

    private static ulong Run(int start, int length)
    {
        var cards = 0UL;
        for (var i = 0; i < length; i++) cards |= Cards.Bit(start + SuitStep * i);
        return cards;
    }

    // By length: the entry of the run that begins with the first card of the deck.
    private static int[] BuildFirstRun()
    {
        var first = new int[Ranks + 2];
        first[3] = Runs;
        for (var length = 4; length < first.Length; length++) first[length] = first[length - 1] + SuitStep * (Ranks + 2 - length);
        return first;
    }
}
