using System.Collections.Concurrent;
using System.Globalization;
using Pilotage.Language.Tokenizers;

namespace Pilotage.Language.Tasks.Countdown;

/// <summary>Numbers and a target; the response joins all numbers by + - * / in reverse Polish notation. Many puzzles have several solutions.</summary>
/// <remarks>
/// Prompt <c>nums 3 5 2 to 16 :</c>, response <c>5 3 + 2 *</c>, one token a word. A target is drawn uniformly among those that the numbers reach without fractions
/// or negative numbers on the way; the verifier allows both, computes exactly, and reads infix too. The same numbers in another order are of the same split.
/// </remarks>
public sealed class CountdownTask : IGeneratedTask
{
    private readonly CountdownSettings _settings;
    private readonly ProblemSplits _splits;
    private readonly ConcurrentDictionary<string, int[]> _reachable = new(StringComparer.Ordinal);

    /// <summary>Makes the task.</summary>
    /// <param name="settings">Which puzzles.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public CountdownTask(CountdownSettings settings)
    {
        if (settings.Counts.Count == 0 || settings.Counts.Any(count => count is < 2 or > 5) || settings.MaximumNumber is < 2 or > 1000 || settings.MaximumTarget is < 2 or > 1000)
            throw new ArgumentException($"countdown: puzzles of {string.Join(", ", settings.Counts)} numbers up to {settings.MaximumNumber} with targets up to {settings.MaximumTarget} do not fit; wanted 2 to 5 numbers, and both bounds in [2, 1000].", nameof(settings));
        _settings = settings;
        _splits = new(Name, settings.Splits, Draw);
        var numbers = Enumerable.Range(1, Math.Max(settings.MaximumNumber, settings.MaximumTarget)).Select(number => number.ToString(CultureInfo.InvariantCulture));
        Tokenizer = new WordTokenizer(["nums", "to", ":", "+", "-", "*", "/", .. numbers]);
    }

    /// <inheritdoc/>
    public string Name => "countdown";

    /// <inheritdoc/>
    public ITokenizer Tokenizer { get; }

    /// <inheritdoc/>
    public int MaximumResponse => 2 * _settings.Counts.Max();

    /// <inheritdoc/>
    public IReadOnlyList<TextProblem> Problems(Split split) => _splits[split];

    /// <inheritdoc/>
    public double Verify(TextProblem problem, string response) => PuzzleOf(problem).IsSolvedBy(response) ? 1 : 0;

    /// <inheritdoc/>
    public string Demonstrate(TextProblem problem, ref Randomness random)
    {
        var puzzle = PuzzleOf(problem);
        var solutions = CountdownSolver.Solutions(puzzle.Numbers, puzzle.Target);
        return solutions[random.NextInt(solutions.Count)];
    }

    /// <summary>The shape of a solution with the numbers and operations at other places.</summary>
    /// <inheritdoc/>
    public string DemonstrateWrongly(TextProblem problem, ref Randomness random)
    {
        var words = Demonstrate(problem, ref random).Split(' ');
        var places = Enumerable.Range(0, words.Length).Where(i => char.IsAsciiDigit(words[i][0])).ToArray();
        while (true)
        {
            var numbers = Array.ConvertAll(places, i => words[i]);
            random.Shuffle(numbers.AsSpan());
            for (var i = 0; i < places.Length; i++) words[places[i]] = numbers[i];
            for (var i = 0; i < words.Length; i++)
            {
                if (!char.IsAsciiDigit(words[i][0])) words[i] = "+-*/"[random.NextInt(4)].ToString();
            }
            var response = string.Join(' ', words);
            if (Verify(problem, response) == 0) return response;
        }
    }

    /// <summary>The expression with the operands of + and * sorted at every node.</summary>
    /// <inheritdoc/>
    public string SolutionKey(TextProblem problem, string response) => Expression.Parse(response)?.Key ?? "";

    private static CountdownPuzzle PuzzleOf(TextProblem problem) =>
        CountdownPuzzle.TryParse(problem.Answer) ?? throw new ArgumentException($"countdown: the answer \"{problem.Answer}\" of problem {problem.Id} is not a puzzle; wanted such as \"3 5 2 to 16\".", nameof(problem));

    private DrawnProblem Draw(ref Randomness random)
    {
        while (true)
        {
            var numbers = new int[_settings.Counts[random.NextInt(_settings.Counts.Count)]];
            for (var i = 0; i < numbers.Length; i++) numbers[i] = 1 + random.NextInt(_settings.MaximumNumber);
            var sorted = string.Join(' ', numbers.Order());
            var targets = _reachable.GetOrAdd(sorted, _ => [.. CountdownSolver.Reachable(numbers).Where(value => value >= 1 && value <= _settings.MaximumTarget).Select(value => (int)value)]);
            if (targets.Length == 0) continue;
            var puzzle = new CountdownPuzzle(numbers, targets[random.NextInt(targets.Length)]);
            return new($"nums {puzzle} :", puzzle.ToString(), numbers.Length, $"{sorted} to {puzzle.Target}");
        }
    }
}
