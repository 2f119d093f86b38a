using System.Diagnostics;

namespace Pilotage.Testing;

/// <summary>A real disk of some kilobytes, in memory, gone after the test. For what only the system's own "no space left" shows; <see cref="FullDisk"/> needs no rights.</summary>
public sealed class SmallDisk : IDisposable
{
    /// <summary>What a test says where there is none.</summary>
    public const string Reason = "A disk in memory can be mounted by root on Linux alone.";

    private const int Block = 4096;

    private SmallDisk(string path) => Path = path;

    /// <summary>Where it is.</summary>
    public string Path { get; }

    private string Filler => In("filler");

    /// <summary>Mounts a disk.</summary>
    /// <param name="kilobytes">Its size.</param>
    /// <returns>The disk; <see langword="null"/> where that is refused.</returns>
    public static SmallDisk? TryMount(int kilobytes)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess) return null;
        var path = Directory.CreateTempSubdirectory("pilotage-disk-").FullName;
        if (Run("mount", "-t", "tmpfs", "-o", FormattableString.Invariant($"size={kilobytes}k"), "pilotage-test", path)) return new(path);
        Directory.Delete(path);
        return null;
    }

    /// <summary>A path on the disk.</summary>
    public string In(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Fills it.</summary>
    /// <param name="leavingKilobytes">What stays free.</param>
    public void Fill(int leavingKilobytes = 0)
    {
        using (var file = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            try
            {
                for (var block = new byte[Block]; ;) file.Write(block);
            }
            catch (IOException)
            {
                file.SetLength(Math.Max(0, file.Length - leavingKilobytes * 1024L));
            }
        }
    }

    /// <summary>Frees what <see cref="Fill"/> took.</summary>
    public void Free() => File.Delete(Filler);

    /// <summary>Unmounts it, also while a process that just ended still holds it.</summary>
    public void Dispose()
    {
        _ = Run("umount", Path) || Run("umount", "--lazy", Path);
        Directory.Delete(Path);
    }

    private static bool Run(string program, params string[] words)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, words) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;                                               // there is no such program
        }
    }
}
