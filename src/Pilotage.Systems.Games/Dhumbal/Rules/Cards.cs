using System.Numerics;
using System.Text;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>Cards as numbers, sets of cards as bits: card = 4 rank + suit, rank 0 is the ace, 12 the king.</summary>
/// <remarks>So cards of one rank are neighbours, and a run of one suit is a chain of steps of four.</remarks>
public static class Cards
{
    /// <summary>Cards of a deck.</summary>
    public const int Count = 52;

    /// <summary>All cards.</summary>
    public const ulong All = (1UL << Count) - 1;

    // The cards whose value (1 to 13) has the bit 1, 2, 4 or 8.
    private const ulong Bit0 = 0xF0F0F0F0F0F0F, Bit1 = 0x00FF00FF00FF0, Bit2 = 0xFF0000FFFF000, Bit3 = 0xFFFFFF0000000;

    private const string Ranks = "A23456789TJQK";
    private const string Suits = "♠♥♦♣";
    private const string Letters = "SHDC";

    /// <summary>The set of one card.</summary>
    /// <param name="card">In [0, 52).</param>
    /// <returns>One bit.</returns>
    public static ulong Bit(int card) => 1UL << card;

    /// <summary>What a card counts: ace 1, numbers as they stand, jack 11, queen 12, king 13.</summary>
    /// <param name="card">In [0, 52).</param>
    /// <returns>In [1, 13].</returns>
    public static int ValueOf(int card) => (card >> 2) + 1;

    /// <summary>What a set of cards counts.</summary>
    /// <param name="cards">Any set.</param>
    /// <returns>The sum of the values.</returns>
    public static int ValueOf(ulong cards) =>
        BitOperations.PopCount(cards & Bit0) + 2 * BitOperations.PopCount(cards & Bit1) + 4 * BitOperations.PopCount(cards & Bit2) + 8 * BitOperations.PopCount(cards & Bit3);

    /// <summary>Number of cards in a set.</summary>
    /// <param name="cards">Any set.</param>
    /// <returns>The number.</returns>
    public static int CountOf(ulong cards) => BitOperations.PopCount(cards);

    /// <summary>A card as players write it.</summary>
    /// <param name="card">In [0, 52).</param>
    /// <returns>For instance <c>10♥</c>.</returns>
    public static string Text(int card) => $"{RankText(card >> 2)}{Suits[card & 3]}";

    /// <summary>Cards as players write them, lowest first.</summary>
    /// <param name="cards">Any set.</param>
    /// <returns>For instance <c>A♠ 10♥ K♦</c>; <c>no cards</c> for none.</returns>
    public static string Text(ulong cards)
    {
        if (cards == 0) return "no cards";
        var text = new StringBuilder();
        for (var left = cards; left != 0; left &= left - 1) text.Append(text.Length > 0 ? " " : "").Append(Text(BitOperations.TrailingZeroCount(left)));
        return text.ToString();
    }

    /// <summary>Reads a card.</summary>
    /// <param name="text">Rank and suit, such as <c>10h</c>, <c>TH</c>, <c>k♦</c>.</param>
    /// <returns>The card; -1 if it is none.</returns>
    public static int Parse(string text)
    {
        if (text.Length < 2) return -1;
        var last = char.ToUpperInvariant(text[^1]);
        var suit = Math.Max(Suits.IndexOf(last, StringComparison.Ordinal), Letters.IndexOf(last, StringComparison.Ordinal));
        var rank = text[..^1].ToUpperInvariant() is "10" ? 9 : text.Length == 2 ? Ranks.IndexOf(char.ToUpperInvariant(text[0]), StringComparison.Ordinal) : -1;
        return suit < 0 || rank < 0 ? -1 : 4 * rank + suit;
    }

    private static string RankText(int rank) => rank == 9 ? "10" : Ranks[rank].ToString();
}
