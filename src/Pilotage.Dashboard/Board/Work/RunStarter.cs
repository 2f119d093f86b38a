using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Pilotage.Dashboard.Board.Doors;
using Pilotage.Dashboard.Board.Runs;
using Pilotage.Lab.Runs;

namespace Pilotage.Dashboard.Board.Work;

/// <summary>Starts, stops and resumes runs, each a process of the same tool that writes what it prints to the run's <c>log.txt</c>. Thread-safe.</summary>
/// <remarks>
/// A started run is its own master: it goes on when the dashboard ends, by Ctrl-C or by a kill, and the next dashboard can stop it, since the run's folder tells its process. Where there is no
/// <c>setsid</c>, as on macOS, Ctrl-C at the dashboard's terminal reaches its runs too: they end as if stopped, with a checkpoint.
/// </remarks>
internal sealed partial class RunStarter(DashboardOptions options, RunBook book, TimeProvider clock)
{
    private const int Room = 64 * 1024;
    private const int Interrupt = 2;                     // SIGINT: the run saves, then ends
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(25);
    private readonly ConcurrentDictionary<string, Process> _started = new();

    /// <summary>Whether there is a program that makes runs.</summary>
    public bool CanStart => options.Tool.Count > 0;

    /// <summary>Starts a run and waits until it has begun or refused.</summary>
    /// <returns>Its name.</returns>
    /// <exception cref="UserMistakeException">The tool refused; holds its words.</exception>
    /// <exception cref="RefusedException">Nothing can be started (PIL1921), too many are at work (PIL1922), or the disk is full (PIL1929).</exception>
    public async Task<string> Start(StartQuestion question, CancellationToken cancelled)
    {
        Require();
        var name = NewName(question);
        var folder = book.FolderOf(name);
        try
        {
            Directory.CreateDirectory(folder);
            RequireRoom(folder);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            Forget(folder);
            throw IsFull(exception) ? RefusedException.Full(book.Folder) : RefusedException.Conflict("PIL1923", $"{folder} cannot be made: {exception.Message.TrimEnd('.')}.", "Give another folder of runs.");
        }
        var process = Launch(name, [.. question.Words(), $"--out={folder}"]);
        await Begun(process, () => RunLife.ProcessOf(folder) is not null, cancelled);
        if (!File.Exists(Path.Combine(folder, "config.yaml")))
        {
            var words = RunFiles.Tail(Path.Combine(folder, RunFolder.LogName), 16 * 1024);
            Forget(folder);
            throw new UserMistakeException(Problems(words));
        }
        book.Read([name]);
        return name;
    }

    /// <summary>Goes on with a run.</summary>
    /// <exception cref="UserMistakeException">It cannot be resumed; holds the tool's words.</exception>
    /// <exception cref="RefusedException">There is no such run (PIL1910), it is at work (PIL1924), the disk is full (PIL1929), or nothing can be started.</exception>
    public async Task Resume(string name, CancellationToken cancelled)
    {
        Require();
        var (card, folder) = (book.Find(name), book.FolderOf(name));
        if (card.State == RunState.Running) throw RefusedException.Conflict("PIL1924", $"{name} is at work.", "There is nothing to resume.");
        RunFolder.OpenForResume(folder);
        try
        {
            RequireRoom(folder);
        }
        catch (IOException exception) when (IsFull(exception))
        {
            throw RefusedException.Full(book.Folder);
        }
        var log = new FileInfo(Path.Combine(folder, RunFolder.LogName));
        var printed = log.Exists ? log.Length : 0;
        var process = Launch(name, ["resume", folder]);
        await Begun(process, () => RunLife.ProcessOf(folder) is not null, cancelled);
        if (process.HasExited && process.ExitCode is not (0 or 130))
        {
            log.Refresh();
            throw new UserMistakeException(Problems(RunFiles.Tail(log.FullName, (int)Math.Clamp(log.Length - printed, 1, 16 * 1024))));
        }
        book.Read([name]);
    }

    /// <summary>Asks a run to save and end. It does so between two steps, which may take a while; the page tells when.</summary>
    /// <exception cref="RefusedException">There is no such run (PIL1910), or it is not at work (PIL1925).</exception>
    public void Stop(string name)
    {
        book.Find(name);
        if (RunLife.ProcessOf(book.FolderOf(name)) is not { } id) throw RefusedException.Conflict("PIL1925", $"{name} is not at work.", "There is nothing to stop.");
        // Windows has no such signal between processes; a training then goes on from its last checkpoint.
        if (OperatingSystem.IsWindows()) Process.GetProcessById(id).Kill(entireProcessTree: true);
        else _ = Kill(id, Interrupt);
    }

    private void Require()
    {
        if (!CanStart) throw RefusedException.Conflict("PIL1921", "This dashboard only shows runs.", "Start them with pilotage run or pilotage train.");
        foreach (var (name, process) in _started) if (process.HasExited && _started.TryRemove(name, out var ended)) ended.Dispose();
        if (_started.Count >= options.MostRunning)
            throw RefusedException.Conflict("PIL1922", string.Create(CultureInfo.InvariantCulture, $"{_started.Count} runs that this dashboard started are at work."), "Wait for one to end, or stop one.");
    }

    private string NewName(StartQuestion question)
    {
        var now = clock.GetLocalNow();
        var middle = string.Concat(question.Name.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.' ? letter : '-'));
        for (var attempt = 0; ; attempt++)
        {
            var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{now.UtcTicks}/{attempt}/{Environment.ProcessId}/{string.Join('\n', question.Words())}")))[..6];
            var name = string.Create(CultureInfo.InvariantCulture, $"{now:yyyyMMdd-HHmmss}-{middle}-{id}");
            if (!Directory.Exists(book.FolderOf(name))) return name;
        }
    }

    private Process Launch(string name, IReadOnlyList<string> words)
    {
        var log = Path.Combine(book.FolderOf(name), RunFolder.LogName);
        IReadOnlyList<string> command = [.. options.Tool, .. words];
        var start = OperatingSystem.IsWindows() ? Windows(log, command) : Unix(log, command);
        (start.UseShellExecute, start.CreateNoWindow) = (false, true);
        start.Environment.Remove(DashboardOptions.TokenVariable);        // the token is the dashboard's
        var process = Process.Start(start)!;
        _started[name] = process;
        return process;
    }

    // The shell opens the log, so that the run writes to a file and not to a pipe that ends with the dashboard; exec leaves no shell behind.
    private static ProcessStartInfo Unix(string log, IReadOnlyList<string> command) => new(
        "/bin/sh",
        [
            "-c", "log=$1; shift; if command -v setsid > /dev/null; then exec setsid \"$@\" < /dev/null >> \"$log\" 2>&1; else exec \"$@\" < /dev/null >> \"$log\" 2>&1; fi",
            "sh", log, .. command,
        ]);

    private static ProcessStartInfo Windows(string log, IReadOnlyList<string> command) =>
        new("cmd.exe", $"/d /c \"{string.Join(' ', command.Select(word => $"\"{word.Replace("\"", "", StringComparison.Ordinal)}\""))} >> \"{log}\" 2>&1\"");

    private async Task Begun(Process process, Func<bool> hasBegun, CancellationToken cancelled)
    {
        var start = clock.GetTimestamp();
        while (!hasBegun() && !process.HasExited && clock.GetElapsedTime(start) < Patience) await Task.Delay(Glance, clock, cancelled);
    }

    // A run needs room for its configuration and a log; without it nothing could even say why it did not begin.
    private static void RequireRoom(string folder)
    {
        var path = Path.Combine(folder, RunLife.Prefix + "room");
        using var probe = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        probe.Write(new byte[Room]);
        probe.Flush(flushToDisk: true);
    }

    // ENOSPC and EDQUOT; ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL.
    private static bool IsFull(Exception exception) => exception is IOException && (OperatingSystem.IsWindows() ? (exception.HResult & 0xFFFF) is 112 or 39 : exception.HResult is 28 or 122);

    private static void Forget(string folder)
    {
        try
        {
            File.Delete(Path.Combine(folder, RunFolder.LogName));
            Directory.Delete(folder);                    // empty, or it is kept
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It stays as a folder that is no run.
        }
    }

    // "PIL0104  …" begins a problem; the indented line behind it goes on.
    private static List<string> Problems(string words)
    {
        var problems = new List<string>();
        foreach (var line in words.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.StartsWith("PIL", StringComparison.Ordinal)) problems.Add(line);
            else if (problems.Count > 0 && line.StartsWith(' ')) problems[^1] += "\n" + line;
        }
        return problems.Count > 0 ? problems : [new Mistake("PIL1926", "The run did not begin.", "", words.Length > 0 ? $"It printed: {words.Trim()}" : "It printed nothing.").ToString()];
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);
}
