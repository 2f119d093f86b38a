using Pilotage.Environments;
using Pilotage.Environments.Drawing;
using Pilotage.Policies;

namespace Pilotage.Lab.Films;

/// <summary>Films one episode of a policy: a GIF, and beside it a strip of six pictures as PNG.</summary>
public static class FilmFile
{
    private const int MostPictures = 250;               // a longer episode is shown at a multiple of its speed
    private const int Hundredths = 4;                   // 25 pictures a second
    private const int Strip = 6;
    private const int Gap = 6;

    /// <summary>Refuses what cannot be filmed, before anything runs.</summary>
    /// <param name="path">Where the film is to be written.</param>
    /// <param name="environment">What is to be filmed; <see langword="null"/> checks the path alone.</param>
    /// <returns>The path.</returns>
    /// <exception cref="UserMistakeException">The name is not that of a GIF (PIL0620), its folder is not there (PIL0621), or the environment does not draw itself (PIL0622).</exception>
    public static string Check(string path, EnvironmentEntry? environment)
    {
        if (!path.EndsWith(".gif", StringComparison.OrdinalIgnoreCase)) throw Mistake("PIL0620", $"--film {path}: a film is a GIF.", "Give a name that ends in .gif.");
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder)) throw Mistake("PIL0621", $"--film {path}: there is no folder {folder}.", "Make it, or give another path.");
        if (environment is not null && environment.Create(1, SeedTree.Root(0)) is not IDrawableRows { IsDrawable: true })
            throw Mistake("PIL0622", $"{environment.Name} cannot draw itself.", "Its environment would implement IDrawable; leave --film out.");
        return path;
    }

    /// <summary>Plays the first evaluation episode and writes film and strip.</summary>
    /// <param name="path">From <see cref="Check"/>.</param>
    /// <param name="policy">Acts in it.</param>
    /// <param name="environment">Draws itself.</param>
    /// <param name="seed">Root of the seed tree.</param>
    /// <returns>Both files.</returns>
    /// <exception cref="RunFailedException">The disk does not take it, or the policy chose an illegal action.</exception>
    public static (string Film, string Strip) Write(string path, IPolicy policy, EnvironmentEntry environment, long seed)
    {
        var pictures = Pictures(policy, (IDrawableRows)environment.Create(1, SeedTree.Root(seed).Evaluation), SeedTree.Root(seed).Evaluation);
        var strip = Path.ChangeExtension(path, ".png");
        Save(path, stream => GifWriter.Write(stream, pictures, Painter.Width, Painter.Height, Hundredths));
        Save(strip, stream => PngWriter.Write(stream, Beside(pictures), Strip * (Painter.Width + Gap) - Gap, Painter.Height));
        return (path, strip);
    }

    private static List<byte[]> Pictures(IPolicy policy, IDrawableRows environment, SeedTree seeds)
    {
        var (scene, painter, scenes) = (new Scene(), new Painter(), new List<byte[]>());
        var (actions, memory, random) = (new ActionBatch(environment.Spec.Actions, 1), policy.CreateMemory(1), seeds.Actions.Start());
        // The limit tells how many steps there can be; one without a limit is filmed for as long as the longest of the others.
        var stride = Math.Max(1, ((environment.Spec.TimeLimit ?? 1_000) + MostPictures - 1) / MostPictures);
        for (var step = 0; step < MostPictures * stride; step++)
        {
            if (step % stride == 0)
            {
                environment.Draw(0, scene);
                scenes.Add(painter.Paint(scene));
            }
            policy.Act(environment.Frames, memory, ref random, actions);
            if (environment.Step(actions).EndedRows.Length > 0) break;
        }
        return scenes;
    }

    private static byte[] Beside(List<byte[]> pictures)
    {
        const int Width = Strip * (Painter.Width + Gap) - Gap;
        var strip = new byte[3 * Width * Painter.Height];
        strip.AsSpan().Fill(255);
        for (var i = 0; i < Strip; i++)
        {
            var picture = pictures[(int)Math.Round((pictures.Count - 1) * i / (Strip - 1.0))];
            for (var row = 0; row < Painter.Height; row++)
                picture.AsSpan(3 * Painter.Width * row, 3 * Painter.Width).CopyTo(strip.AsSpan(3 * (Width * row + i * (Painter.Width + Gap))));
        }
        return strip;
    }

    private static void Save(string path, Action<Stream> write)
    {
        try
        {
            DurableFile.Write(path, stream =>
            {
                write(stream);
                return stream.Length;
            }, DurableFile.Create);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"{path} could not be written: {exception.Message.TrimEnd('.')}.", exception);
        }
    }

    private static UserMistakeException Mistake(string code, string what, string advice) => new(new Mistake(code, what, "", advice).ToString());
}
