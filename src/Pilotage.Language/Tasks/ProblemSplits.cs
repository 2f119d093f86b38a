namespace Pilotage.Language.Tasks;

/// <summary>The problems of a generated task: drawn when a split is first asked for, no prompt twice, no problem in two splits.</summary>
/// <remarks>
/// A hash of the problem's key says its split, one in eight for validation and one in eight for test, so splits of different sizes and seeds do not overlap either.
/// Each split is drawn from a branch of its own: its first problems are the same whatever the sizes. Thread-safe.
/// </remarks>
internal sealed class ProblemSplits
{
    internal delegate DrawnProblem Draw(ref Randomness random);

    private readonly string _task;
    private readonly SplitSettings _settings;
    private readonly Lazy<TextProblem[]>[] _problems;

    public ProblemSplits(string task, SplitSettings settings, Draw draw)
    {
        if (settings.Train < 1 || settings.Validation < 1 || settings.Test < 1)
            throw new ArgumentException($"{task}: splits of {settings.Train}, {settings.Validation} and {settings.Test} problems do not fit; wanted at least 1 each.", nameof(settings));
        (_task, _settings) = (task, settings);
        _problems = [.. Enum.GetValues<Split>().Select(split => new Lazy<TextProblem[]>(() => Fill(split, draw)))];
    }

    public IReadOnlyList<TextProblem> this[Split split] => _problems[(int)split].Value;

    /// <summary>The split of a problem, by its key alone.</summary>
    public static Split Of(string key) => (SeedTree.Root(0).Branch("split").Branch(key).Key % 8) switch { 0 => Split.Test, 1 => Split.Validation, _ => Split.Train };

    private TextProblem[] Fill(Split split, Draw draw)
    {
        var size = _settings.SizeOf(split);
        var name = split.ToString().ToLowerInvariant();
        var random = SeedTree.Root(_settings.Seed).Branch(_task).Branch(name).Start();
        HashSet<string> prompts = new(StringComparer.Ordinal);
        List<TextProblem> problems = new(size);
        for (var misses = 0; problems.Count < size;)
        {
            var drawn = draw(ref random);
            if (Of(drawn.Key) == split && prompts.Add(drawn.Prompt))
            {
                problems.Add(new($"{_task}-{name}-{problems.Count}", drawn.Prompt, drawn.Answer, drawn.Difficulty));
                misses = 0;
            }
            else if (++misses == 20_000)
            {
                throw new ArgumentException($"{_task}: {size} different problems of the {name} split were wanted, and {problems.Count} were found before 20000 draws brought nothing new; make the task larger or the split smaller.");
            }
        }
        return [.. problems];
    }
}
