using System.Text;

namespace Pilotage.Cli;

/// <summary>A folder that a command makes for its result. Checked before anything runs, made when there is something to keep.</summary>
internal sealed class OutputFolder
{
    private OutputFolder(string path) => Path = path;

    /// <summary>As the user gave it.</summary>
    public string Path { get; }

    /// <summary>Checks a path.</summary>
    /// <param name="path">As given; <see langword="null"/> for none.</param>
    /// <returns>The folder, not made yet; <see langword="null"/> for none.</returns>
    /// <exception cref="UserMistakeException">It is a file, or holds something.</exception>
    public static OutputFolder? Check(string? path)
    {
        if (path is null) return null;
        if (File.Exists(path)) throw Refusal("PIL0413", $"--out {path} is a file.", "Give a new or an empty folder; nothing was written.");
        if (Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any())
            throw Refusal("PIL0413", $"--out {path}: the folder holds files.", "Give a new or an empty folder; nothing was written.");
        return new(path);
    }

    /// <summary>Makes the folder.</summary>
    /// <exception cref="UserMistakeException">It cannot be made.</exception>
    public void Make()
    {
        try
        {
            Directory.CreateDirectory(Path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Refusal("PIL0414", $"--out {Path} cannot be made: {exception.Message.TrimEnd('.')}.", "Give a folder that you may write to.");
        }
    }

    /// <summary>Writes a text.</summary>
    /// <exception cref="RunFailedException">The disk does not take it.</exception>
    public void Write(string name, string text)
    {
        try
        {
            File.WriteAllText(System.IO.Path.Combine(Path, name), text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new RunFailedException($"{System.IO.Path.Combine(Path, name)} could not be written: {exception.Message.TrimEnd('.')}.", exception);
        }
    }

    private static UserMistakeException Refusal(string code, string what, string advice) => new(new Mistake(code, what, "", advice).ToString());
}
