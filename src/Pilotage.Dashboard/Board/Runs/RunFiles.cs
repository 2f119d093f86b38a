using Pilotage.Dashboard.Board.Doors;
using Pilotage.Lab.Runs;

namespace Pilotage.Dashboard.Board.Runs;

/// <summary>The files of a run, and nothing outside its folder.</summary>
internal static class RunFiles
{
    private const int Most = 500;

    /// <summary>The files by path, at most some hundreds.</summary>
    public static IReadOnlyList<RunFile> List(string folder)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 6, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };
        try
        {
            return
            [
                .. new DirectoryInfo(folder).EnumerateFiles("*", options).Where(file => !file.Name.StartsWith(RunLife.Prefix, StringComparison.Ordinal)).Take(Most)
                    .Select(file => new RunFile(Path.GetRelativePath(folder, file.FullName).Replace('\\', '/'), file.Length)).OrderBy(file => file.Path, StringComparer.Ordinal),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    /// <summary>The full path of a file.</summary>
    /// <param name="folder">The run's folder, absolute.</param>
    /// <param name="path">As a caller wrote it, with slashes.</param>
    /// <exception cref="RefusedException">There is no such file, or it lies outside, by its path or through a link (PIL1911).</exception>
    public static string Find(string folder, string path)
    {
        if (path.Length == 0 || path.Contains('\0', StringComparison.Ordinal) || path.Split('/', '\\').Any(part => part is "" or "." or "..")) throw RefusedException.NoFile(path);
        var full = Path.GetFullPath(Path.Combine(folder, path));
        var root = folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar;
        if (!full.StartsWith(root, StringComparison.Ordinal) || !File.Exists(full)) throw RefusedException.NoFile(path);
        for (var step = full; step.Length > root.Length; step = Path.GetDirectoryName(step)!)
            if (File.GetAttributes(step).HasFlag(FileAttributes.ReparsePoint)) throw RefusedException.NoFile(path);
        return full;
    }

    /// <summary>The end of a text file, whole lines.</summary>
    /// <param name="path">The file; may be absent.</param>
    /// <param name="bytes">At most so many.</param>
    public static string Tail(string path, int bytes)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var isCut = file.Length > bytes;
            if (isCut) file.Seek(-bytes, SeekOrigin.End);
            using var reader = new StreamReader(file);
            var text = reader.ReadToEnd();
            return isCut ? text[(text.IndexOf('\n', StringComparison.Ordinal) + 1)..] : text;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}

/// <summary>A file of a run.</summary>
/// <param name="Path">Within the run's folder, with slashes.</param>
/// <param name="Bytes">Its length.</param>
public sealed record RunFile(string Path, long Bytes);
