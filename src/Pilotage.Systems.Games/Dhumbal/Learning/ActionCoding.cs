using Pilotage.Environments;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>How a network's outputs name moves.</summary>
/// <remarks>
/// Fixed: one output for each move of the catalogue. Sorted, as in the paper: output i is the i-th legal move, in ascending order; what an output means changes from state to state.
/// </remarks>
/// <param name="rules">House rules.</param>
/// <param name="isSorted">Whether outputs are places in the list of legal moves.</param>
internal sealed class ActionCoding(HouseRules rules, bool isSorted)
{
    private const int PaperSlots = 128;
    private readonly int[] _legal = new int[Moves.CountFor(rules.HandSize)];

    /// <summary>One choice among all moves, or among the paper's 128 places.</summary>
    public ActionSpace.Discrete Space { get; } = new(isSorted ? PaperSlots : Moves.CountFor(rules.HandSize), Masked: true);

    /// <summary>Says which outputs are legal.</summary>
    /// <param name="round">Not over.</param>
    /// <param name="legal">One per output.</param>
    public void Mask(in DhumbalRound round, Span<bool> legal)
    {
        legal.Clear();
        var moves = Legal(round);
        if (isSorted) legal[..Math.Min(moves.Length, PaperSlots)].Fill(value: true);
        else foreach (var move in moves) legal[move] = true;
    }

    /// <summary>The move of an output.</summary>
    /// <param name="round">Not over.</param>
    /// <param name="output">A legal one.</param>
    public int MoveOf(in DhumbalRound round, int output) => isSorted ? Legal(round)[output] : output;

    private ReadOnlySpan<int> Legal(in DhumbalRound round)
    {
        var legal = _legal.AsSpan(0, round.ListLegal(_legal));
        if (isSorted) legal.Sort();
        return legal;
    }
}
