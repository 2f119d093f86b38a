using Pilotage.Environments.Grids;

namespace Pilotage.Environments.Tests.Grids;

/// <summary>Views as pictures: rows from far ahead to the agent's own.</summary>
internal static class Views
{
    public static string[] Picture(float[] observation) =>
        [.. Enumerable.Range(0, 7).Select(j => string.Concat(Enumerable.Range(0, 7).Select(i => Letter(EgocentricView.Read(observation, i, j)))))];

    private static char Letter(GridCell cell) => cell switch
    {
        GridCell.Unseen => '?',
        GridCell.Empty => '.',
        GridCell.Wall => 'W',
        GridCell.Ball => 'B',
        GridCell.Goal => 'G',
        GridCell.Lava => 'L',
        _ => throw new InvalidOperationException($"Cell {cell}"),
    };
}
