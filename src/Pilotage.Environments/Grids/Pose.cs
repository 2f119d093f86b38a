namespace Pilotage.Environments.Grids;

/// <summary>Where the agent stands and looks.</summary>
/// <param name="X">Column, from 0.</param>
/// <param name="Y">Row, from 0, downwards.</param>
/// <param name="Heading">0 right, 1 down, 2 left, 3 up.</param>
internal readonly record struct Pose(int X, int Y, int Heading)
{
    /// <summary>Turns left.</summary>
    public const int Left = 0;

    /// <summary>Turns right.</summary>
    public const int Right = 1;

    /// <summary>Goes one cell ahead.</summary>
    public const int Forward = 2;

    /// <summary>Number of actions: left, right, forward.</summary>
    public const int ActionCount = 3;

    /// <summary>The cell ahead, as a pose of the same heading.</summary>
    public Pose Ahead() => this with { X = X + Dx, Y = Y + Dy };

    private int Dx => Heading == 0 ? 1 : Heading == 2 ? -1 : 0;

    private int Dy => Heading == 1 ? 1 : Heading == 3 ? -1 : 0;

    /// <summary>The pose after a turn.</summary>
    /// <param name="action"><see cref="Left"/> or <see cref="Right"/>.</param>
    public Pose Turned(int action) => this with { Heading = (Heading + (action == Left ? 3 : 1)) & 3 };

    /// <summary>A cell by its distance ahead of the agent and to the right of it.</summary>
    public (int X, int Y) Cell(int ahead, int right) => (X + ahead * Dx - right * Dy, Y + ahead * Dy + right * Dx);
}
