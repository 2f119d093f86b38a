using Pilotage.Environments.Drawing;

namespace Pilotage.Environments.Grids;

/// <summary>Draws a room with its agent, a unit per cell.</summary>
internal static class RoomScene
{
    public static void Draw<TRoom>(Scene scene, in TRoom room, int side, Pose agent) where TRoom : struct, IRoom
    {
        scene.Look(side / 2.0, side / 2.0, side);
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                switch (room.At(x, y))
                {
                    case GridCell.Wall: Square(scene, Ink.Ground, x, side - 1 - y); break;
                    case GridCell.Goal: Square(scene, Ink.Goal, x, side - 1 - y); break;
                    case GridCell.Lava: Square(scene, Ink.Limb, x, side - 1 - y); break;
                    case GridCell.Ball: scene.Circle(Ink.Limb, x + 0.5, side - 0.5 - y, 0.35); break;
                }
            }
        }
        var (dx, dy) = (agent.Ahead().X - agent.X, agent.Y - agent.Ahead().Y);
        var (middleX, middleY) = (agent.X + 0.5, side - 0.5 - agent.Y);
        scene.Polygon(
            Ink.Body, (middleX + 0.4 * dx, middleY + 0.4 * dy), (middleX - 0.35 * dx + 0.3 * dy, middleY - 0.35 * dy - 0.3 * dx), (middleX - 0.35 * dx - 0.3 * dy, middleY - 0.35 * dy + 0.3 * dx));
    }

    /// <summary>A cell by its column and its row from the bottom.</summary>
    public static void Square(Scene scene, Ink ink, int x, int y) => scene.Polygon(ink, (x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1));
}
