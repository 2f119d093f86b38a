namespace Pilotage.Environments.Grids;

/// <summary>Walks the shortest path that it sees to the goal, else to the gap and through it, else turns right to look around. Remembers nothing.</summary>
internal static class LavaGapRule
{
    private const int Side = EgocentricView.Side;

    /// <summary>Decides from what is seen.</summary>
    public static int Decide(ReadOnlySpan<float> observation, ReadOnlySpan<bool> legal)
    {
        _ = legal;
        var cells = new GridCell[Side, Side];
        for (var i = 0; i < Side; i++)
            for (var j = 0; j < Side; j++) cells[i, j] = EgocentricView.Read(observation, i, j);
        if (ViewPath.FirstAction(observation, (i, j) => cells[i, j] == GridCell.Goal) is >= 0 and var toGoal) return toGoal;

        var (alongColumn, alongRow) = LavaLine(cells);
        bool IsGap(int i, int j) => cells[i, j] == GridCell.Empty && (i == alongColumn || j == alongRow);
        if (IsGap(EgocentricView.Middle, Side - 1)) return cells[EgocentricView.Middle, Side - 2] == GridCell.Empty ? Pose.Forward : Pose.Right;
        return ViewPath.FirstAction(observation, IsGap) is >= 0 and var toGap ? toGap : Pose.Right;
    }

    // The view's column or row that the lava stands in; -1 for none. It has one gap, so a line that is seen to have more is another one.
    private static (int Column, int Row) LavaLine(GridCell[,] cells)
    {
        var (best, column, row) = (0, -1, -1);
        for (var line = 0; line < Side; line++)
        {
            if (Lava(cells, line, isColumn: true) is var down && down > best) (best, column, row) = (down, line, -1);
            if (Lava(cells, line, isColumn: false) is var across && across > best) (best, column, row) = (across, -1, line);
        }
        return (column, row);
    }

    // Cells of lava; 0 if there is more than one gap between them.
    private static int Lava(GridCell[,] cells, int line, bool isColumn)
    {
        var (lava, gaps) = (0, 0);
        for (var place = 0; place < Side; place++)
        {
            var cell = isColumn ? cells[line, place] : cells[place, line];
            if (cell == GridCell.Lava) lava++;
            else if (cell is GridCell.Empty or GridCell.Goal) gaps++;
        }
        return gaps > 1 ? 0 : lava;
    }
}
