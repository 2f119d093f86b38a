using Pilotage.Environments.Drawing;

namespace Pilotage.Lab.Films;

/// <summary>Fills a scene's polygons into a picture, nine samples to a pixel.</summary>
internal sealed class Painter
{
    public const int Height = 200;
    public const int Width = (int)(Height * Scene.Aspect);
    private const int Samples = 3;                      // in each direction

    private static readonly (byte R, byte G, byte B)[] Colours =
    [
        (255, 255, 255),                                // paper
        (120, 132, 144),                                // ground
        (11, 98, 196),                                  // body
        (196, 87, 10),                                  // limb
        (7, 128, 91),                                   // goal
    ];

    private readonly byte[] _inks = new byte[Width * Samples * Height * Samples];
    private readonly List<double> _crossings = [];

    /// <summary>Paints one picture.</summary>
    /// <param name="scene">What is seen.</param>
    /// <returns>Red, green and blue of each pixel, row by row from the top.</returns>
    public byte[] Paint(Scene scene)
    {
        _inks.AsSpan().Clear();
        foreach (var shape in scene.Shapes) Fill(shape, scene);
        var picture = new byte[3 * Width * Height];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++) Mix(x, y, picture.AsSpan(3 * (y * Width + x), 3));
        }
        return picture;
    }

    // Even-odd along each line of samples.
    private void Fill(SceneShape shape, Scene scene)
    {
        var scale = Height * Samples / scene.Height;
        var points = shape.Points.Select(point => (
            X: (point.X - scene.Centre.X) * scale + Width * Samples / 2.0, Y: Height * Samples / 2.0 - (point.Y - scene.Centre.Y) * scale)).ToArray();
        var first = (int)Math.Max(0, Math.Floor(points.Min(point => point.Y)));
        var last = (int)Math.Min(Height * Samples - 1, Math.Ceiling(points.Max(point => point.Y)));
        for (var row = first; row <= last; row++)
        {
            var y = row + 0.5;
            _crossings.Clear();
            for (var i = 0; i < points.Length; i++)
            {
                var (a, b) = (points[i], points[(i + 1) % points.Length]);
                if (a.Y <= y != b.Y <= y) _crossings.Add(a.X + (y - a.Y) / (b.Y - a.Y) * (b.X - a.X));
            }
            _crossings.Sort();
            for (var i = 0; i + 1 < _crossings.Count; i += 2)
            {
                var from = (int)Math.Clamp(Math.Ceiling(_crossings[i] - 0.5), 0, Width * Samples);
                var to = (int)Math.Clamp(Math.Ceiling(_crossings[i + 1] - 0.5), from, Width * Samples);
                _inks.AsSpan(row * Width * Samples + from, to - from).Fill((byte)shape.Ink);
            }
        }
    }

    private void Mix(int x, int y, Span<byte> pixel)
    {
        var (red, green, blue) = (0, 0, 0);
        for (var row = 0; row < Samples; row++)
        {
            foreach (var ink in _inks.AsSpan((y * Samples + row) * Width * Samples + x * Samples, Samples))
            {
                var colour = Colours[ink];
                (red, green, blue) = (red + colour.R, green + colour.G, blue + colour.B);
            }
        }
        const int Count = Samples * Samples;
        (pixel[0], pixel[1], pixel[2]) = ((byte)(red / Count), (byte)(green / Count), (byte)(blue / Count));
    }
}
