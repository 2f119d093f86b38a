using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Pilotage.Dashboard.Board.Runs;
using Pilotage.Lab.Runs;

namespace Pilotage.Dashboard.Board.Live;

/// <summary>Looks for changes on the disk, once for all pages, and tells them.</summary>
/// <remarks>
/// Each second: the folder of runs (one look tells whether runs came or went) and the runs at work. Every fifth: those that stopped, which another program may have resumed. Each minute:
/// all, through the index. Where no page is open, all of this every fifth second. A folder of 10,000 finished runs costs one look.
/// </remarks>
internal sealed partial class RunWatch(DashboardOptions options, RunBook book, LiveFeed feed, TimeProvider clock, ILogger<RunWatch> logger) : BackgroundService
{
    private const int StoppedEvery = 5;
    private const int LooksAfterward = 2;
    private static readonly string[] Written = ["", "config.yaml", "report.json", "metrics.jsonl", "checkpoints", "trials", RunProgress.FileName, RunFolder.LogName];
    private readonly Dictionary<string, string> _stamps = [];
    private readonly Dictionary<string, int> _expected = [];
    private HashSet<string> _folders = [];
    private DateTime _folderTime;
    private long _turn;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();                              // the first look takes as long as there are runs
        _folders = [.. Folders()];                       // before they are read: what comes meanwhile is new
        Try(LookAtAll);
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);        // thousands of reports were read for a line each
        using var timer = new PeriodicTimer(options.LookEvery, clock);
        var all = clock.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var isTurnOfAll = _turn++ % StoppedEvery == 0;
                if (feed.Listeners == 0 && !isTurnOfAll) continue;
                Try(() => Look(isTurnOfAll));
                if (clock.GetElapsedTime(all) < options.LookAtAllEvery) continue;
                all = clock.GetTimestamp();
                Try(LookAtAll);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The dashboard ends.
        }
    }

    private void Try(Action look)
    {
        try
        {
            look();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A folder went away while it was looked at, or the disk does not answer: the next look tells.
        }
#pragma warning disable CA1031 // The top of a look: what arrives here is a defect; it is logged whole, and the pages go on hearing of changes.
        catch (Exception defect)
#pragma warning restore CA1031
        {
            LogDefect(defect);
        }
    }

    private void LookAtAll()
    {
        var changed = book.ReadAll();
        if (changed.Count > 0) feed.Tell(new(book.Now.Revision, changed, []));
    }

    private void Look(bool isTurnOfAll)
    {
        var (asked, written) = (new HashSet<string>(CameOrWent()), new List<string>());
        foreach (var card in book.Now.Cards)
        {
            if (card.State != RunState.Running && !(card.IsOpen && isTurnOfAll)) continue;
            var stamp = Stamp(book.FolderOf(card.Name), card.State == RunState.Running);
            if (_stamps.TryGetValue(card.Name, out var known) && known == stamp) continue;
            if (known is not null || card.State == RunState.Running) written.Add(card.Name);
            _stamps[card.Name] = stamp;
            _expected[card.Name] = Math.Max(LooksAfterward, _expected.GetValueOrDefault(card.Name));
            asked.Add(card.Name);
        }
        // A killed process leaves no trace but its absence.
        foreach (var card in book.Now.Cards) if (card.State == RunState.Running && RunLife.ProcessOf(book.FolderOf(card.Name)) is null) asked.Add(card.Name);
        var changed = book.Read(asked);
        if (changed.Count + written.Count > 0) feed.Tell(new(book.Now.Revision, changed, written));
    }

    // New folders are looked at for a while until they have a configuration; those that changed, once more: a sign of life is a file first and held a moment later, and two writes can have one time.
    private List<string> CameOrWent()
    {
        var time = Directory.GetLastWriteTimeUtc(book.Folder);
        if (time != _folderTime)
        {
            _folderTime = time;
            var folders = Folders().ToHashSet();
            foreach (var name in folders.Except(_folders)) _expected[name] = 60;
            foreach (var name in _folders.Except(folders)) _expected[name] = 1;
            _folders = folders;
        }
        var names = _expected.Keys.ToList();
        foreach (var name in names) if (--_expected[name] <= 0) _expected.Remove(name);
        return names;
    }

    private IEnumerable<string> Folders()
    {
        try
        {
            return Directory.Exists(book.Folder) ? Directory.EnumerateDirectories(book.Folder).Select(path => Path.GetFileName(path)!).ToList() : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return _folders;
        }
    }

    // Lengths and times of what a run at work writes. Of one that stopped the folder's own time: whoever goes on with it makes a file there.
    private static string Stamp(string folder, bool isAtWork) => string.Join('/', (isAtWork ? Written : [""]).Select(part =>
    {
        var file = new FileInfo(Path.Combine(folder, part));
        return file.Exists ? $"{file.Length}:{file.LastWriteTimeUtc.Ticks}" : $"{file.LastWriteTimeUtc.Ticks}";
    }));

    [LoggerMessage(30, LogLevel.Error, "A defect while looking for changes.")]
    private partial void LogDefect(Exception defect);
}
