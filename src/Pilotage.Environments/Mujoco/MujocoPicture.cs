using Pilotage.Environments.Drawing;

namespace Pilotage.Environments.Mujoco;

/// <summary>A simulation seen from the side (x to the right, z upwards) or from above (x to the right, y upwards): each geometry's outline, the farthest first.</summary>
/// <remarks>Follows what moves along x. Parts of a body lie over what is behind them; light and perspective there are none.</remarks>
internal static class MujocoPicture
{
    private const int Plane = 0;
    private const int Sphere = 2;
    private const double MarkSpacing = 1;               // m, on the ground: by them one sees that a body moves
    private const double MarkWidth = 0.04;
    private const double Room = 0.2;                    // of the picture's height, under the ground

    /// <summary>Draws the state.</summary>
    /// <param name="data">After a reset or a step.</param>
    /// <param name="view">Where it is seen from, and how much of it.</param>
    /// <param name="scene">Empty.</param>
    public static void Draw(MujocoData data, MujocoView view, Scene scene)
    {
        var (model, up) = (data.Model, view.IsFromAbove ? 1 : 2);
        var centre = view.Follows ? data.BodyPositions[3] : 0;
        var middle = view.IsFromAbove ? 0 : view.Height * (0.5 - Room) + view.Lowest;
        scene.Look(centre, middle, view.Height);
        if (view.HasGround) Ground(scene, centre, view);

        Span<int> order = stackalloc int[model.GeometryCount];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        // The side is seen from where y is negative, the rest from where z is high.
        var depths = new double[order.Length];
        for (var i = 0; i < order.Length; i++) depths[i] = view.IsFromAbove ? data.GeometryPositions[3 * i + 2] : -data.GeometryPositions[3 * i + 1];
        order.Sort((left, right) => depths[left] != depths[right] ? depths[left].CompareTo(depths[right]) : left.CompareTo(right));
        foreach (var geometry in order) Geometry(data, geometry, up, scene);
    }

    private static void Ground(Scene scene, double centre, MujocoView view)
    {
        var half = view.Height * Scene.Aspect / 2 + MarkSpacing;
        if (view.IsFromAbove)
        {
            for (var x = Math.Ceiling((centre - half) / MarkSpacing) * MarkSpacing; x <= centre + half; x += MarkSpacing)
                for (var y = -Math.Floor(view.Height / 2 / MarkSpacing) * MarkSpacing; y <= view.Height / 2; y += MarkSpacing) scene.Circle(Ink.Ground, x, y, MarkWidth / 2);
            return;
        }
        var bottom = view.Lowest - view.Height;
        scene.Polygon(Ink.Ground, (centre - half, view.Lowest), (centre + half, view.Lowest), (centre + half, bottom), (centre - half, bottom));
        for (var mark = Math.Ceiling((centre - half) / MarkSpacing) * MarkSpacing; mark <= centre + half; mark += MarkSpacing)
            scene.Polygon(Ink.Paper, (mark - MarkWidth / 2, view.Lowest), (mark + MarkWidth / 2, view.Lowest), (mark + MarkWidth / 2, view.Lowest - 3 * MarkWidth), (mark - MarkWidth / 2, view.Lowest - 3 * MarkWidth));
    }

    private static void Geometry(MujocoData data, int geometry, int up, Scene scene)
    {
        var model = data.Model;
        var (type, ink) = (model.GeometryTypes[geometry], InkOf(model, geometry));
        var size = model.GeometrySizes.Slice(3 * geometry, 3);
        var place = data.GeometryPositions.Slice(3 * geometry, 3);
        var (x, y) = (place[0], place[up]);
        if (type == Plane) return;
        if (type == Sphere)
        {
            scene.Circle(ink, x, y, size[0]);
            return;
        }
        // A capsule, or what is nearly one: a line along its own z with round ends.
        var rotation = data.GeometryRotations.Slice(9 * geometry, 9);
        var (alongX, alongY) = (size[1] * rotation[2], size[1] * rotation[3 * up + 2]);
        scene.Line(ink, 2 * size[0], (x - alongX, y - alongY), (x + alongX, y + alongY));
    }

    private static Ink InkOf(MujocoModel model, int geometry)
    {
        var body = model.GeometryBodies[geometry];
        if (body == 0) return Ink.Ground;
        if (body == model.Find(MujocoObject.Body, "target")) return Ink.Goal;
        return body == 1 ? Ink.Body : Ink.Limb;
    }
}
