using Pilotage.Language.Tasks.Verifiers;

namespace Pilotage.Language.Tasks.Jsonl;

/// <summary>A user's problems: a file of JSON objects, one a line, with prompt, answer and, if wished, the verifier that judges responses.</summary>
/// <remarks>
/// <c>{"prompt": "2+2=", "answer": "4", "verifier": "number", "difficulty": 1}</c>; the two last may be left out. Files in the form of GSM8K (question, and an answer that ends with
/// #### and a number) load as they are. A problem's split is a hash of its prompt, or the file that it is in. Thread-safe.
/// </remarks>
public sealed class JsonlTask : ITextTask
{
    private readonly Dictionary<Split, IReadOnlyList<TextProblem>> _problems;
    private readonly Dictionary<string, Verifier> _verifiers;
    private readonly VerifierGuard _guard;

    /// <summary>Reads the files.</summary>
    /// <param name="path">Problems to learn from, and those of the splits that have no file of their own.</param>
    /// <param name="settings">How they are read; <see langword="null"/> for the defaults.</param>
    /// <exception cref="UserMistakeException">A file cannot be read or has bad lines (PIL1820 to PIL1824), prompts are too long and refused or none is left (PIL1825), a prompt is in two splits or has two answers (PIL1826), or a split is empty (PIL1827).</exception>
    public JsonlTask(string path, JsonlSettings? settings = null)
    {
        settings ??= new();
        Name = Path.GetFileNameWithoutExtension(path);
        _guard = new(settings.MostFailures, settings.TimeLimit);
        var own = new Dictionary<Split, string?> { [Split.Validation] = settings.ValidationPath, [Split.Test] = settings.TestPath };
        List<(Split Split, JsonlLine Line)> lines = [.. Fitting(path, settings).Select(line => (SplitOf(line, own), line))];
        foreach (var (split, file) in own)
        {
            if (file is not null) lines.AddRange(Fitting(file, settings).Select(line => (split, line)));
        }
        var kept = WithoutDuplicates(lines);
        _problems = Enum.GetValues<Split>().ToDictionary(split => split, split => (IReadOnlyList<TextProblem>)[.. kept.Where(line => line.Split == split).Select(line => line.Line.Problem)]);
        _verifiers = kept.ToDictionary(line => line.Line.Problem.Id, line => line.Line.Verifier, StringComparer.Ordinal);
        Notes = [.. Notes, string.Join(", ", _problems.Select(split => $"{split.Value.Count} {split.Key.ToString().ToLowerInvariant()}")) + " problems"];
        if (_problems.FirstOrDefault(split => split.Value.Count == 0) is { Value: not null } empty)
            throw new UserMistakeException(new Mistake("PIL1827", $"{Path.GetFileName(path)} leaves no problem for the {empty.Key.ToString().ToLowerInvariant()} split ({string.Join("; ", Notes)}).", "", "Give more problems, or a file for each split.").ToString());
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>What was left out and what is left, for the user to read.</summary>
    public IReadOnlyList<string> Notes { get; private set; } = [];

    /// <summary>What verifiers failed on so far.</summary>
    public IReadOnlyList<string> Failures => _guard.Failures;

    /// <inheritdoc/>
    public IReadOnlyList<TextProblem> Problems(Split split) => _problems[split];

    /// <inheritdoc/>
    /// <exception cref="RunFailedException">A verifier threw, or did not return in time, on too many responses (PIL1829).</exception>
    public double Verify(TextProblem problem, string response) =>
        _verifiers.TryGetValue(problem.Id, out var verifier)
            ? _guard.Judge(verifier, problem, response)
            : throw new ArgumentException($"{Name}: there is no problem {problem.Id}.", nameof(problem));

    private static Split SplitOf(JsonlLine line, Dictionary<Split, string?> own)
    {
        var split = ProblemSplits.Of(line.Problem.Prompt);
        return own.GetValueOrDefault(split) is null ? split : Split.Train;
    }

    private List<JsonlLine> Fitting(string path, JsonlSettings settings)
    {
        var lines = new JsonlFile(settings).Read(path);
        if (settings.Tokenizer is not { } tokenizer) return [.. lines];
        List<JsonlLine> fitting = [];
        List<int> tooLong = [];
        foreach (var line in lines)
        {
            if (tokenizer.Encode(line.Problem.Prompt).Length <= settings.MaximumPrompt) fitting.Add(line);
            else tooLong.Add(line.Line);
        }
        if (tooLong.Count == 0) return fitting;
        var text = $"{tooLong.Count} of {lines.Count} prompts are longer than {settings.MaximumPrompt} tokens";
        var where = $"{Path.GetFileName(path)}, line{(tooLong.Count > 1 ? "s" : "")} {string.Join(", ", tooLong.Take(8))}{(tooLong.Count > 8 ? ", ..." : "")}";
        if (settings.LongPrompts == LongPrompts.Refuse || fitting.Count == 0)
            throw new UserMistakeException(new Mistake("PIL1825", $"{text}.", where, "Shorten them, take a model with a larger context, or let them be dropped.").ToString());
        Notes = [.. Notes, $"{text} and were dropped ({where})"];
        return fitting;
    }

    private List<(Split Split, JsonlLine Line)> WithoutDuplicates(List<(Split Split, JsonlLine Line)> lines)
    {
        List<string> problems = [];
        Dictionary<string, (Split Split, JsonlLine Line)> seen = new(StringComparer.Ordinal);
        List<(Split, JsonlLine)> kept = [];
        foreach (var line in lines)
        {
            var problem = line.Line.Problem;
            if (seen.TryAdd(problem.Prompt, line)) kept.Add(line);
            else if (seen[problem.Prompt] is var first && (first.Split != line.Split || first.Line.Problem.Answer != problem.Answer))
                problems.Add(Repeated(first.Line.Problem, problem, first.Split == line.Split ? null : first.Split));
        }
        UserMistakeException.ThrowIfAny(problems);
        if (kept.Count < lines.Count) Notes = [.. Notes, $"{lines.Count - kept.Count} repeated prompts were dropped"];
        return kept;
    }

    private static string Repeated(TextProblem first, TextProblem second, Split? other) => other is { } split
        ? new Mistake("PIL1826", $"The prompt of {second.Id} is that of {first.Id} too, which is of the {split.ToString().ToLowerInvariant()} split.", "", "What is reported on must not be learned from: keep one of them.").ToString()
        : new Mistake("PIL1826", $"The prompt of {second.Id} is that of {first.Id} too, with another answer.", "", "Keep the line that is right.").ToString();
}
