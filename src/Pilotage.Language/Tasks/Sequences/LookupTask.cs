using System.Globalization;
using Pilotage.Language.Tokenizers;

namespace Pilotage.Language.Tasks.Sequences;

/// <summary>Facts say what follows what; the response follows them from a start for a number of hops. One answer; only the last name is checked.</summary>
/// <remarks>Prompt <c>a f , c b , f c , a 3 ?</c>, response <c>f c b</c>: from a three times. Names come once on each side, and the facts in any order. One token a word.</remarks>
public sealed class LookupTask : IGeneratedTask
{
    private const int Names = 26;
    private readonly LookupSettings _settings;
    private readonly ProblemSplits _splits;

    /// <summary>Makes the task.</summary>
    /// <param name="settings">Which problems.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public LookupTask(LookupSettings settings)
    {
        if (settings.Hops.Count == 0 || settings.Facts is < 2 or > Names - 1 || settings.Hops.Any(hops => hops < 1 || hops > settings.Facts))
            throw new ArgumentException($"lookup: {string.Join(", ", settings.Hops)} hops over {settings.Facts} facts do not fit; wanted 2 to {Names - 1} facts, and hops from 1 to their number.", nameof(settings));
        _settings = settings;
        _splits = new(Name, settings.Splits, Draw);
        Tokenizer = new WordTokenizer([",", "?", .. Enumerable.Range(0, Names).Select(NameOf), .. Enumerable.Range(1, settings.Hops.Max()).Select(hops => hops.ToString(CultureInfo.InvariantCulture))]);
    }

    /// <inheritdoc/>
    public string Name => "lookup";

    /// <inheritdoc/>
    public ITokenizer Tokenizer { get; }

    /// <inheritdoc/>
    public int MaximumResponse => _settings.Hops.Max() + 1;

    /// <inheritdoc/>
    public IReadOnlyList<TextProblem> Problems(Split split) => _splits[split];

    /// <inheritdoc/>
    public double Verify(TextProblem problem, string response) => response.AsSpan(response.LastIndexOf(' ') + 1).SequenceEqual(problem.Answer) ? 1 : 0;

    /// <inheritdoc/>
    public string Demonstrate(TextProblem problem, ref Randomness random)
    {
        var parts = problem.Prompt.Split(" , ");
        var follows = parts[..^1].Select(fact => fact.Split(' ')).ToDictionary(fact => fact[0], fact => fact[1], StringComparer.Ordinal);
        var at = parts[^1].Split(' ')[0];
        var visited = new string[problem.Difficulty];
        for (var hop = 0; hop < visited.Length; hop++) visited[hop] = at = follows[at];
        return string.Join(' ', visited);
    }

    /// <summary>The last name is another of the prompt's.</summary>
    /// <inheritdoc/>
    public string DemonstrateWrongly(TextProblem problem, ref Randomness random)
    {
        var right = Demonstrate(problem, ref random);
        var others = problem.Prompt.Split(' ').Where(word => char.IsAsciiLetter(word[0]) && word != problem.Answer).Distinct(StringComparer.Ordinal).ToArray();
        return right[..^1] + others[random.NextInt(others.Length)];
    }

    /// <summary>The answer: there is one solution.</summary>
    /// <inheritdoc/>
    public string SolutionKey(TextProblem problem, string response) => problem.Answer;

    private static string NameOf(int index) => ((char)('a' + index)).ToString();

    private DrawnProblem Draw(ref Randomness random)
    {
        // A path through facts + 1 names: every start has as many hops ahead as it needs.
        var names = Enumerable.Range(0, Names).ToArray();
        random.Shuffle(names.AsSpan());
        var hops = _settings.Hops[random.NextInt(_settings.Hops.Count)];
        var start = random.NextInt(_settings.Facts - hops + 1);
        var facts = Enumerable.Range(0, _settings.Facts).Select(i => $"{NameOf(names[i])} {NameOf(names[i + 1])}").ToArray();
        var path = string.Join(" , ", facts);
        random.Shuffle(facts.AsSpan());
        var question = $"{NameOf(names[start])} {hops} ?";
        return new($"{string.Join(" , ", facts)} , {question}", NameOf(names[start + hops]), hops, $"{path} , {question}");
    }
}
