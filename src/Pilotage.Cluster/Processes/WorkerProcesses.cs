using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Pilotage.Cluster.Work;

namespace Pilotage.Cluster.Processes;

/// <summary>Worker processes of this machine: started, watched, replaced when they die, ended with this process.</summary>
internal sealed class WorkerProcesses : IAsyncDisposable
{
    /// <summary>A worker that dies so often, with nothing finished in between by anyone, is not started again.</summary>
    public const int MaximumStrikes = 5;

    private const int KeptLines = 5;

    private readonly Func<string, ProcessStartInfo> _start;
    private readonly Func<string, string, Task> _died;
    private readonly Func<long> _finished;
    private readonly Action<string> _tell;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Process> _running = [];
    private readonly List<Task> _watches = [];
    private string? _lastReason;

    /// <summary>Prepares; nothing is started yet.</summary>
    /// <param name="start">What starts the worker of a name.</param>
    /// <param name="died">Is told which worker died and how, before its successor is started.</param>
    /// <param name="finished">How many pieces of work have been finished by all of them.</param>
    /// <param name="tell">Is told a line when one dies.</param>
    /// <param name="time">The clock.</param>
    public WorkerProcesses(Func<string, ProcessStartInfo> start, Func<string, string, Task> died, Func<long> finished, Action<string> tell, TimeProvider time) =>
        (_start, _died, _finished, _tell, _time) = (start, died, finished, tell, time);

    /// <summary>The processes that run, by name.</summary>
    public IReadOnlyDictionary<string, int> Running
    {
        get { lock (_lock) return _running.ToDictionary(pair => pair.Key, pair => pair.Value.Id); }
    }

    /// <summary>Starts workers and watches each.</summary>
    /// <param name="count">How many.</param>
    /// <param name="givenUp">Is told why, once the last of them has been given up.</param>
    /// <exception cref="UserMistakeException">The program cannot be started.</exception>
    public void Start(int count, Action<RunFailedException> givenUp)
    {
        for (var number = 1; number <= count; number++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"worker-{number}");
            if (Launch(name) is { } first) _watches.Add(Task.Run(() => WatchAsync(name, first)));
        }
        _watches.Add(EndAsync([.. _watches]));

        async Task EndAsync(Task[] all)
        {
            await Task.WhenAll(all);
            if (!_stop.IsCancellationRequested) givenUp(new(new Mistake("PIL2110", $"No worker process stays alive. The last one: {_lastReason}", "", "Finished trials are kept; go on with pilotage resume, with fewer workers or none.").ToString()));
        }
    }

    /// <summary>Ends them: their input closes; whoever is not gone soon is killed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        List<Process> processes;
        lock (_lock) processes = [.. _running.Values];
        foreach (var process in processes) process.StandardInput.Close();
        using (var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2)))
        {
            foreach (var process in processes)
            {
                await process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (!process.HasExited) process.Kill();
            }
        }
        await Task.WhenAll(_watches);
    }

    private async Task WatchAsync(string slot, (Process Process, Queue<string> Lines) started)
    {
        var (name, strikes, finished) = (slot, 0, _finished());
        for (var life = 2; ; life++)
        {
            await started.Process.WaitForExitAsync();
            lock (_lock) _running.Remove(name);
            if (_stop.IsCancellationRequested) return;
            var reason = Reason(started.Process.ExitCode, started.Lines);
            started.Process.Dispose();
            strikes = _finished() == finished ? strikes + 1 : 1;
            finished = _finished();
            await SayAsync(name, reason);
            _lastReason = reason;
            if (strikes >= MaximumStrikes)
            {
                _tell($"{name} died {strikes} times with nothing finished in between and is given up: {reason}");
                return;
            }
            name = string.Create(CultureInfo.InvariantCulture, $"{slot}.{life}");
            _tell($"A worker died: {reason}. {name} takes its place.");
            await Task.Delay(TimeSpan.FromSeconds(0.5 * (strikes - 1)), _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (Launch(name) is not { } next) return;
            started = next;
        }
    }

    // A call may run into the very silo that died. What the coordinator is not told it finds out when the leases expire; the successor must be started in any case.
    private async Task SayAsync(string name, string reason)
    {
        for (var attempt = 1; attempt <= MaximumStrikes && !_stop.IsCancellationRequested; attempt++)
        {
            try
            {
                await _died(name, reason);
                return;
            }
            catch (Exception e) when (Calls.IsTransient(e))
            {
                await Task.Delay(TimeSpan.FromSeconds(0.2 * attempt), _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // Null once they are to end: whoever ends them must see every process that was started.
    private (Process Process, Queue<string> Lines)? Launch(string name)
    {
        var process = new Process { StartInfo = _start(name), EnableRaisingEvents = true };
        var lines = new Queue<string>();
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, line) =>
        {
            if (string.IsNullOrWhiteSpace(line.Data)) return;
            lock (lines)
            {
                lines.Enqueue(line.Data.Trim());
                if (lines.Count > KeptLines) lines.Dequeue();
            }
        };
        try
        {
            lock (_lock)
            {
                if (_stop.IsCancellationRequested) return null;
                process.Start();
                _running.Add(name, process);
            }
        }
        catch (Win32Exception failure)
        {
            throw new UserMistakeException(new Mistake("PIL2111", $"Workers cannot be started: {process.StartInfo.FileName}: {failure.Message}.", "", "Start this program the usual way, or leave --workers out.").ToString());
        }
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return (process, lines);
    }

    private static string Reason(int exitCode, Queue<string> lines)
    {
        var kill = exitCode > 128 && !OperatingSystem.IsWindows() ? exitCode == 137 ? ", killed, as by a system that is out of memory" : $", signal {exitCode - 128}" : "";
        lock (lines) return string.Create(CultureInfo.InvariantCulture, $"exit code {exitCode}{kill}{(lines.Count == 0 ? "" : $": {string.Join(" ", lines)}")}");
    }
}
