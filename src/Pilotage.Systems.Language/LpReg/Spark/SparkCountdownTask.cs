using Pilotage.Language.Tasks;
using Pilotage.Language.Tasks.Countdown;
using Pilotage.Language.Tokenizers;

namespace Pilotage.Systems.Language.LpReg.Spark;

/// <summary>Countdown in reverse Polish notation whose answers may contain <c>wait</c>, which throws away what was written and begins anew, and twelve words that mean nothing and spoil an answer.</summary>
/// <remarks>
/// The demonstrations hold both rarely: <c>wait</c> where nothing that follows could reach the target, and the words without meaning anywhere. So a policy that imitates them knows a rare word that helps
/// and twelve rarer ones that do not: what low-probability regularisation is to tell apart. Thread-safe.
/// </remarks>
internal sealed class SparkCountdownTask : IGeneratedTask
{
    /// <summary>Begins anew.</summary>
    public const string Wait = "wait";

    private const int Numbers = 3, MostWaits = 2, NoiseWords = 12;
    private readonly CountdownTask _countdown = new(new() { Counts = [Numbers] });
    private readonly SparkSettings _settings;

    /// <summary>Makes the task.</summary>
    /// <param name="settings">How rare the rare words are.</param>
    public SparkCountdownTask(SparkSettings settings)
    {
        _settings = settings;
        Tokenizer = new WordTokenizer(["nums", "to", ":", "+", "-", "*", "/", .. Enumerable.Range(1, 60).Select(number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)), Wait, .. Noise]);
        WaitToken = Tokenizer.Encode(Wait)[0];
        NoiseTokens = [.. Noise.Select(word => Tokenizer.Encode(word)[0])];
    }

    /// <summary>The words without meaning.</summary>
    public static IReadOnlyList<string> Noise { get; } = [.. Enumerable.Range(1, NoiseWords).Select(i => $"noise-{i}")];

    /// <summary>Tells the demonstrations apart: kept warm starts are found by it.</summary>
    public string Name => FormattableString.Invariant($"spark-{_settings.WaitShare}-{_settings.NoiseShare}");

    /// <inheritdoc/>
    public ITokenizer Tokenizer { get; }

    /// <inheritdoc/>
    public int MaximumResponse => (MostWaits + 1) * (2 * Numbers - 1) + MostWaits + 1;

    /// <summary>Of <see cref="Wait"/>.</summary>
    public int WaitToken { get; }

    /// <summary>Of <see cref="Noise"/>.</summary>
    public IReadOnlyList<int> NoiseTokens { get; }

    /// <inheritdoc/>
    public IReadOnlyList<TextProblem> Problems(Split split) => _countdown.Problems(split);

    /// <inheritdoc/>
    public double Verify(TextProblem problem, string response)
    {
        var words = response.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Count(word => word == Wait) > MostWaits || words.Any(Noise.Contains)) return 0;
        var puzzle = PuzzleOf(problem);
        return StateAfter(puzzle, words)?.IsSolved(puzzle.Target) == true ? 1 : 0;
    }

    /// <summary>Whether no continuation without <see cref="Wait"/> can be right: there it is useful.</summary>
    /// <param name="problem">One of the task's.</param>
    /// <param name="words">What was written so far.</param>
    public static bool IsLost(TextProblem problem, ReadOnlySpan<string> words)
    {
        var puzzle = PuzzleOf(problem);
        return StateAfter(puzzle, words)?.CanReach(puzzle.Target) != true;
    }

    /// <summary>A solution, now and then after a beginning that was lost and <see cref="Wait"/>.</summary>
    /// <inheritdoc/>
    public string Demonstrate(TextProblem problem, ref Randomness random)
    {
        var solution = _countdown.Demonstrate(problem, ref random);
        return random.NextDouble() < _settings.WaitShare ? $"{string.Join(' ', Lost(problem, ref random))} {Wait} {solution}" : solution;
    }

    /// <summary>A wrong expression, or any with a word without meaning in it.</summary>
    /// <inheritdoc/>
    public string DemonstrateWrongly(TextProblem problem, ref Randomness random)
    {
        if (random.NextDouble() >= _settings.NoiseShare) return _countdown.DemonstrateWrongly(problem, ref random);
        var text = random.NextDouble() < 0.5 ? _countdown.Demonstrate(problem, ref random) : _countdown.DemonstrateWrongly(problem, ref random);
        List<string> words = [.. text.Split(' ')];
        words.Insert(random.NextInt(words.Count + 1), Noise[NoiseWord(ref random)]);
        return string.Join(' ', words);
    }

    /// <inheritdoc/>
    public string SolutionKey(TextProblem problem, string response) => _countdown.SolutionKey(problem, response[(response.LastIndexOf(Wait, StringComparison.Ordinal) is var at and >= 0 ? at + Wait.Length : 0)..].Trim());

    /// <summary>The beginning of a wrong expression, cut somewhere behind the word that lost it.</summary>
    /// <param name="problem">One of the task's.</param>
    /// <param name="random">The stream to draw from.</param>
    public string[] Lost(TextProblem problem, ref Randomness random)
    {
        var words = _countdown.DemonstrateWrongly(problem, ref random).Split(' ');
        var first = Enumerable.Range(1, words.Length).First(length => IsLost(problem, words.AsSpan(0, length)));
        return words[..(first + random.NextInt(words.Length - first + 1))];
    }

    // Each word is 1.3 times as frequent as the one before, so that the rarest is some 20 times rarer than the most frequent.
    private static int NoiseWord(ref Randomness random)
    {
        var weights = Enumerable.Range(0, NoiseWords).Select(i => Math.Pow(1.3, i)).ToArray();
        var left = random.NextDouble() * weights.Sum();
        for (var i = 0; i < NoiseWords - 1; i++)
            if ((left -= weights[i]) < 0) return i;
        return NoiseWords - 1;
    }

    private static StackState? StateAfter(CountdownPuzzle puzzle, ReadOnlySpan<string> words)
    {
        StackState? state = StackState.Begin(puzzle.Numbers);
        foreach (var word in words) state = word == Wait ? StackState.Begin(puzzle.Numbers) : state?.After(word);
        return state;
    }

    private static CountdownPuzzle PuzzleOf(TextProblem problem) => CountdownPuzzle.TryParse(problem.Answer)!;
}
