using Pilotage.Search;

namespace Pilotage.Tests.Search;

/// <summary>Eight tiles in a square of nine; a state is the string of its cells, '0' the gap. Moves of the gap: 0 up, 1 down, 2 left, 3 right.</summary>
internal sealed class SlidingTiles(bool hasEstimate = true) : ISearchProblem<string>
{
    public const string Goal = "123456780";

    public int Asked { get; private set; }

    public bool IsGoal(string state) => state == Goal;

    public void Expand(ReadOnlySpan<string> states, List<SearchEdge<string>> edges)
    {
        for (var parent = 0; parent < states.Length; parent++)
        {
            Asked++;
            var gap = states[parent].IndexOf('0', StringComparison.Ordinal);
            for (var move = 0; move < 4; move++)
            {
                var (row, column) = (gap / 3 + (move == 0 ? -1 : move == 1 ? 1 : 0), gap % 3 + (move == 2 ? -1 : move == 3 ? 1 : 0));
                if (row is < 0 or > 2 || column is < 0 or > 2) continue;
                var cells = states[parent].ToCharArray();
                (cells[gap], cells[row * 3 + column]) = (cells[row * 3 + column], '0');
                var next = new string(cells);
                edges.Add(new(parent, move, next, 1, hasEstimate ? Distance(next) : 0));
            }
        }
    }

    private static int Distance(string state)
    {
        var sum = 0;
        for (var cell = 0; cell < 9; cell++)
            if (state[cell] != '0') sum += Math.Abs(cell / 3 - (state[cell] - '1') / 3) + Math.Abs(cell % 3 - (state[cell] - '1') % 3);
        return sum;
    }
}
