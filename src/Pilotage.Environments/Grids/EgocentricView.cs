namespace Pilotage.Environments.Grids;

/// <summary>What MiniGrid's agent sees: the seven by seven cells before it, kinds and colours, turned so that it stands in the middle of the lowest row and looks up.</summary>
/// <remarks>
/// Source: Farama Minigrid's observation, of which arXiv:2111.04714 takes two channels of three, a tenth each. Column i from the left, row j from the top, channel c:
/// number 2 (7 i + j) + c. The agent's own cell shows what it carries, which is nothing.
/// </remarks>
internal static class EgocentricView
{
    /// <summary>Cells across and ahead.</summary>
    public const int Side = 7;

    /// <summary>Numbers of an observation.</summary>
    public const int Size = 2 * Side * Side;

    /// <summary>The agent's column; its row is the last one.</summary>
    public const int Middle = Side / 2;

    private const float Scale = 10;

    /// <summary>Writes an observation.</summary>
    /// <param name="room">What stands where.</param>
    /// <param name="pose">Where the agent stands and looks.</param>
    /// <param name="seesThroughWalls">Whether walls hide what is behind them.</param>
    /// <param name="observation">Receives <see cref="Size"/> numbers.</param>
    public static void Write<TRoom>(in TRoom room, Pose pose, bool seesThroughWalls, Span<float> observation) where TRoom : struct, IRoom
    {
        Span<GridCell> cells = stackalloc GridCell[Side * Side];                          // [j, i]
        for (var j = 0; j < Side; j++)
        {
            for (var i = 0; i < Side; i++)
            {
                var (x, y) = pose.Cell(Side - 1 - j, i - Middle);
                cells[j * Side + i] = room.At(x, y);
            }
        }
        if (!seesThroughWalls) Hide(cells);
        cells[(Side - 1) * Side + Middle] = GridCell.Empty;
        for (var i = 0; i < Side; i++)
        {
            for (var j = 0; j < Side; j++)
            {
                var cell = cells[j * Side + i];
                observation[2 * (i * Side + j)] = (byte)cell / Scale;
                observation[2 * (i * Side + j) + 1] = Colour(cell) / Scale;
            }
        }
    }

    /// <summary>Reads a cell back.</summary>
    /// <param name="observation">As <see cref="Write"/> filled it.</param>
    /// <param name="i">Column from the left, in [0, <see cref="Side"/>).</param>
    /// <param name="j">Row from the top, in [0, <see cref="Side"/>).</param>
    public static GridCell Read(ReadOnlySpan<float> observation, int i, int j) => (GridCell)(int)MathF.Round(observation[2 * (i * Side + j)] * Scale);

    // MiniGrid's rule, row by row away from the agent: what is seen and not a wall shows its neighbours in the row and the next row's cells before those.
    private static void Hide(Span<GridCell> cells)
    {
        Span<bool> seen = stackalloc bool[Side * Side];
        seen.Clear();
        seen[(Side - 1) * Side + Middle] = true;
        for (var j = Side - 1; j >= 0; j--)
        {
            for (var i = 0; i < Side - 1; i++) Show(cells, seen, i, j, 1);
            for (var i = Side - 1; i > 0; i--) Show(cells, seen, i, j, -1);
        }
        for (var place = 0; place < cells.Length; place++) if (!seen[place]) cells[place] = GridCell.Unseen;
    }

    private static void Show(ReadOnlySpan<GridCell> cells, Span<bool> seen, int i, int j, int side)
    {
        var place = j * Side + i;
        if (!seen[place] || cells[place] == GridCell.Wall) return;
        seen[place + side] = true;
        if (j == 0) return;
        seen[place - Side + side] = true;
        seen[place - Side] = true;
    }

    // Red 0, green 1, blue 2, grey 5.
    private static int Colour(GridCell cell) => cell switch { GridCell.Wall => 5, GridCell.Ball => 2, GridCell.Goal => 1, _ => 0 };
}
