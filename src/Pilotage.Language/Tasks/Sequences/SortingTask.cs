using System.Globalization;
using Pilotage.Language.Tokenizers;

namespace Pilotage.Language.Tasks.Sequences;

/// <summary>Numbers are written in rising order. One answer.</summary>
/// <remarks>Prompt <c>sort 7 3 7 1 :</c>, response <c>1 3 7 7</c>, one token a word. The same numbers in another order are of the same split.</remarks>
public sealed class SortingTask : IGeneratedTask
{
    private readonly SortingSettings _settings;
    private readonly ProblemSplits _splits;

    /// <summary>Makes the task.</summary>
    /// <param name="settings">Which problems.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public SortingTask(SortingSettings settings)
    {
        if (settings.Lengths.Count == 0 || settings.Lengths.Any(count => count is < 2 or > 32) || settings.MaximumNumber is < 1 or > 1000)
            throw new ArgumentException($"sorting: {string.Join(", ", settings.Lengths)} numbers up to {settings.MaximumNumber} do not fit; wanted counts in [2, 32] and a bound in [1, 1000].", nameof(settings));
        _settings = settings;
        _splits = new(Name, settings.Splits, Draw);
        Tokenizer = new WordTokenizer(["sort", ":", .. Enumerable.Range(0, settings.MaximumNumber + 1).Select(number => number.ToString(CultureInfo.InvariantCulture))]);
    }

    /// <inheritdoc/>
    public string Name => "sorting";

    /// <inheritdoc/>
    public ITokenizer Tokenizer { get; }

    /// <inheritdoc/>
    public int MaximumResponse => _settings.Lengths.Max() + 1;

    /// <inheritdoc/>
    public IReadOnlyList<TextProblem> Problems(Split split) => _splits[split];

    /// <inheritdoc/>
    public double Verify(TextProblem problem, string response) => response == problem.Answer ? 1 : 0;

    /// <inheritdoc/>
    public string Demonstrate(TextProblem problem, ref Randomness random) => problem.Answer;

    /// <summary>The numbers in an order that does not rise; where all are equal, the last is left out.</summary>
    /// <inheritdoc/>
    public string DemonstrateWrongly(TextProblem problem, ref Randomness random)
    {
        var words = problem.Answer.Split(' ');
        if (words.Distinct(StringComparer.Ordinal).Count() == 1) return string.Join(' ', words[1..]);
        string response;
        do
        {
            random.Shuffle(words.AsSpan());
            response = string.Join(' ', words);
        }
        while (response == problem.Answer);
        return response;
    }

    /// <summary>The answer: there is one solution.</summary>
    /// <inheritdoc/>
    public string SolutionKey(TextProblem problem, string response) => problem.Answer;

    private DrawnProblem Draw(ref Randomness random)
    {
        var numbers = new int[_settings.Lengths[random.NextInt(_settings.Lengths.Count)]];
        for (var i = 0; i < numbers.Length; i++) numbers[i] = random.NextInt(_settings.MaximumNumber + 1);
        var answer = string.Join(' ', numbers.Order());
        return new($"sort {string.Join(' ', numbers)} :", answer, numbers.Length, answer);
    }
}
