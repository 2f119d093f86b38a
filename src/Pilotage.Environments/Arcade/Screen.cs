using Pilotage.Environments.Drawing;
using Pilotage.Environments.Grids;

namespace Pilotage.Environments.Arcade;

/// <summary>MinAtar's screen as one number per cell: (c + 1) / C - 1/2 of the last channel c of C that is on there, -1/2 where none is.</summary>
/// <remarks>Source: arXiv:2111.04714, its code's observation wrapper. Row by row from the top. What a higher channel covers is not seen.</remarks>
internal static class Screen
{
    /// <summary>Numbers of an observation.</summary>
    public const int Size = Pixels.Side * Pixels.Side;

    private const float Dark = -0.5f;

    /// <summary>Begins with a dark screen.</summary>
    public static void Clear(Span<float> observation) => observation.Fill(Dark);

    /// <summary>Lights a channel; channels in ascending order.</summary>
    /// <param name="observation">The screen.</param>
    /// <param name="pixels">The cells that are on.</param>
    /// <param name="channel">c, from 0.</param>
    /// <param name="channels">C.</param>
    public static void Light(Span<float> observation, in Pixels pixels, int channel, int channels)
    {
        for (var y = 0; y < Pixels.Side; y++)
            for (var row = pixels[y]; row != 0; row &= (ushort)(row - 1)) observation[y * Pixels.Side + System.Numerics.BitOperations.TrailingZeroCount(row)] = Level(channel, channels);
    }

    /// <summary>Lights one cell.</summary>
    public static void Light(Span<float> observation, int x, int y, int channel, int channels) => observation[y * Pixels.Side + x] = Level(channel, channels);

    /// <summary>The channel that is seen in a cell; -1 for none.</summary>
    public static int Channel(ReadOnlySpan<float> observation, int x, int y, int channels) => (int)MathF.Round((observation[y * Pixels.Side + x] - Dark) * channels) - 1;

    /// <summary>Draws the cells of a channel.</summary>
    public static void Draw(Scene scene, in Pixels pixels, Ink ink)
    {
        for (var y = 0; y < Pixels.Side; y++)
            for (var x = 0; x < Pixels.Side; x++)
                if (pixels.At(x, y)) RoomScene.Square(scene, ink, x, Pixels.Side - 1 - y);
    }

    /// <summary>Looks at the whole screen and draws its frame.</summary>
    public static void Frame(Scene scene)
    {
        scene.Look(Pixels.Side / 2.0, Pixels.Side / 2.0, Pixels.Side + 0.4);
        scene.Line(Ink.Ground, 0.1, (0, 0), (Pixels.Side, 0), (Pixels.Side, Pixels.Side), (0, Pixels.Side), (0, 0));
    }

    private static float Level(int channel, int channels) => (float)(channel + 1) / channels + Dark;
}
