namespace Pilotage.Environments.Grids;

/// <summary>What stands where in a grid: x to the right, y downwards, from 0.</summary>
internal interface IRoom
{
    /// <summary>What stands in a cell, the agent not counted.</summary>
    /// <param name="x">Any column.</param>
    /// <param name="y">Any row.</param>
    /// <returns>Walls outside the room too; never unseen.</returns>
    GridCell At(int x, int y);
}
