using Pilotage.Search;

namespace Pilotage.Tests.Search;

/// <summary>Noughts and crosses on nine cells: 1 for a win, 0 for a loss, a half for a draw.</summary>
internal struct TicTacToe : IPosition<TicTacToe>
{
    private static readonly int[] Lines = [0b111, 0b111000, 0b111000000, 0b1001001, 0b10010010, 0b100100100, 0b100010001, 0b1010100];
    private int _own, _other;                            // cells of who moves, and of the other
    private int _moves;

    public readonly int Players => 2;

    public readonly int ActionLimit => 9;

    public readonly int Player => _moves % 2;

    public readonly bool IsOver => _moves == 9 || HasWon(_other);

    public readonly int ListLegal(Span<int> actions)
    {
        var count = 0;
        for (var cell = 0; cell < 9; cell++)
            if (((_own | _other) >> cell & 1) == 0) actions[count++] = cell;
        return count;
    }

    public void Play(int action, ref Randomness random)
    {
        (_own, _other) = (_other, _own | 1 << action);
        _moves++;
    }

    public readonly void Score(Span<double> returns)
    {
        var last = 1 - Player;                           // who moved last
        returns[last] = HasWon(_other) ? 1 : 0.5;
        returns[1 - last] = 1 - returns[last];
    }

    public readonly void CopyTo(ref TicTacToe other) => other = this;

    /// <summary>What perfect play gives the player to move.</summary>
    public readonly double Minimax(Dictionary<(int, int), double> known)
    {
        if (IsOver) return HasWon(_other) ? 0 : 0.5;
        if (known.TryGetValue((_own, _other), out var value)) return value;
        Span<int> actions = stackalloc int[9];
        var unused = default(Randomness);
        foreach (var action in actions[..ListLegal(actions)])
        {
            var next = this;
            next.Play(action, ref unused);
            value = Math.Max(value, 1 - next.Minimax(known));
        }
        return known[(_own, _other)] = value;
    }

    private static bool HasWon(int cells)
    {
        foreach (var line in Lines)
            if ((cells & line) == line) return true;
        return false;
    }
}
