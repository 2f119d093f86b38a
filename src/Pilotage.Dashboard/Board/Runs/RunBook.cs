using Pilotage.Dashboard.Board.Doors;
using Pilotage.Lab.Runs;

namespace Pilotage.Dashboard.Board.Runs;

/// <summary>All runs of the folder, in memory: read once through the index, then kept up to date run by run. Thread-safe.</summary>
internal sealed class RunBook(DashboardOptions options)
{
    private readonly Lock _changing = new();
    private volatile Edition? _now;

    /// <summary>The runs at one moment.</summary>
    /// <param name="Cards">Newest first.</param>
    /// <param name="Revision">Grows with every change.</param>
    public sealed record Edition(IReadOnlyList<RunCard> Cards, long Revision);

    /// <summary>The folder of runs.</summary>
    public string Folder { get; } = Path.GetFullPath(options.RunsFolder);

    /// <summary>The runs as they were when they were last looked at.</summary>
    public Edition Now
    {
        get
        {
            if (_now is null) ReadAll();
            return _now!;
        }
    }

    /// <summary>Looks at every run through the index.</summary>
    /// <returns>Those that changed; at the first look, none.</returns>
    public IReadOnlyList<string> ReadAll()
    {
        lock (_changing)
        {
            var cards = RunIndex.Read(Folder).Select(entry => RunCard.Of(entry, FolderOf(entry.Name))).ToList();
            var before = _now ??= new(cards, 1);
            if (before.Cards.SequenceEqual(cards)) return [];
            _now = new(cards, before.Revision + 1);
            return [.. before.Cards.Except(cards).Concat(cards.Except(before.Cards)).Select(card => card.Name).Distinct()];
        }
    }

    /// <summary>Looks at some runs, past the index.</summary>
    /// <param name="names">Names of folders; those that are no runs, or no longer, are left out of the book.</param>
    /// <returns>Those that changed.</returns>
    public IReadOnlyList<string> Read(IReadOnlyCollection<string> names)
    {
        if (names.Count == 0) return [];
        var read = names.ToDictionary(name => name, name => RunIndex.ReadOne(FolderOf(name)) is { } entry ? RunCard.Of(entry, FolderOf(name)) : null);
        lock (_changing)
        {
            var before = Now;
            var known = before.Cards.Where(card => read.ContainsKey(card.Name)).ToDictionary(card => card.Name);
            List<string> changed = [.. read.Where(pair => known.GetValueOrDefault(pair.Key) != pair.Value).Select(pair => pair.Key)];
            if (changed.Count == 0) return changed;
            var cards = before.Cards.Where(card => !read.ContainsKey(card.Name)).Concat(read.Values.OfType<RunCard>());
            _now = new([.. cards.OrderByDescending(card => card.Made).ThenByDescending(card => card.Name, StringComparer.Ordinal)], before.Revision + 1);
            return changed;
        }
    }

    /// <summary>One run, as it is now.</summary>
    /// <exception cref="RefusedException">There is none of this name (PIL1910).</exception>
    public RunCard Find(string name)
    {
        if (!IsName(name) || RunIndex.ReadOne(FolderOf(name)) is not { } entry) throw RefusedException.NoRun(name);
        return RunCard.Of(entry, FolderOf(name));
    }

    /// <summary>A run's folder.</summary>
    public string FolderOf(string name) => Path.Combine(Folder, name);

    // A name is one step down and nothing else: no separators, no way up, no other drive. What else a name may hold is the system's to say.
    private static bool IsName(string name) => name.Length is > 0 and < 256 && name is not ("." or "..") && name.IndexOfAny(Path.GetInvalidFileNameChars()) < 0;
}
