namespace Pilotage.Environments.Drawing;

/// <summary>A drawing in the environment's own unit: y points up. Lines and circles become polygons, so that whoever paints needs to fill one kind of shape.</summary>
public sealed class Scene
{
    private const int Corners = 24;                     // of a circle
    private readonly List<SceneShape> _shapes = [];

    /// <summary>Width of a picture over its height.</summary>
    public const double Aspect = 1.5;

    /// <summary>The shapes, the first one lowest.</summary>
    public IReadOnlyList<SceneShape> Shapes => _shapes;

    /// <summary>Middle of what is seen.</summary>
    public (double X, double Y) Centre { get; private set; }

    /// <summary>Height of what is seen; the width is <see cref="Aspect"/> times as much.</summary>
    public double Height { get; private set; } = 2;

    /// <summary>Says which part of the world is seen: the same in every frame of a film, but where it follows what runs away.</summary>
    /// <param name="x">Middle, to the right.</param>
    /// <param name="y">Middle, upwards.</param>
    /// <param name="height">Above 0.</param>
    public void Look(double x, double y, double height) => (Centre, Height) = ((x, y), height);

    /// <summary>Removes all shapes.</summary>
    public void Clear() => _shapes.Clear();

    /// <summary>A filled polygon.</summary>
    /// <param name="ink">Its colour.</param>
    /// <param name="points">At least three corners.</param>
    public void Polygon(Ink ink, params ReadOnlySpan<(double X, double Y)> points) => _shapes.Add(new(ink, points.ToArray()));

    /// <summary>A line with round ends.</summary>
    /// <param name="ink">Its colour.</param>
    /// <param name="width">Above 0.</param>
    /// <param name="points">At least two; they are joined in order.</param>
    public void Line(Ink ink, double width, params ReadOnlySpan<(double X, double Y)> points)
    {
        for (var i = 0; i + 1 < points.Length; i++)
        {
            var (from, to) = (points[i], points[i + 1]);
            var length = Math.Sqrt((to.X - from.X) * (to.X - from.X) + (to.Y - from.Y) * (to.Y - from.Y));
            if (length == 0) continue;
            var (across, up) = ((from.Y - to.Y) / length * width / 2, (to.X - from.X) / length * width / 2);
            Polygon(ink, (from.X + across, from.Y + up), (to.X + across, to.Y + up), (to.X - across, to.Y - up), (from.X - across, from.Y - up));
        }
        foreach (var (x, y) in points) Circle(ink, x, y, width / 2);
    }

    /// <summary>A filled circle.</summary>
    /// <param name="ink">Its colour.</param>
    /// <param name="x">Middle, to the right.</param>
    /// <param name="y">Middle, upwards.</param>
    /// <param name="radius">Above 0.</param>
    public void Circle(Ink ink, double x, double y, double radius)
    {
        var points = new (double, double)[Corners];
        for (var i = 0; i < Corners; i++)
        {
            var (sin, cos) = Math.SinCos(2 * Math.PI * i / Corners);
            points[i] = (x + radius * cos, y + radius * sin);
        }
        _shapes.Add(new(ink, points));
    }
}
