using System.Globalization;
using System.Text;
using Pilotage.Language.Tokenizers;

namespace Pilotage.Language.Tasks.Arithmetic;

/// <summary>Digits are added modulo 10, with as long a trace as the response likes: a long one makes each step easy, a short one is cheap.</summary>
/// <remarks>
/// Prompt <c>3729...=</c>, filled up with points to the longest, so that a digit's place says its turn. Full: <c>3+7=0</c>, <c>0+2=2</c>, <c>2+9=1</c>, <c>#1</c> on lines of their own. Middle:
/// two digits a line, <c>3+7+2=2</c>, <c>2+9=1</c>, <c>#1</c>. Terse: <c>#1</c>. What follows the last # is checked. The same digits in another order are of the same split. One token a
/// character.
/// </remarks>
public sealed class SumsTask : IGeneratedTask
{
    private readonly SumsSettings _settings;
    private readonly ProblemSplits _splits;

    /// <summary>Makes the task.</summary>
    /// <param name="settings">Which problems.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public SumsTask(SumsSettings settings)
    {
        if (settings.Additions.Count == 0 || settings.Additions.Any(count => count is < 1 or > 12))
            throw new ArgumentException($"sums: problems of {string.Join(", ", settings.Additions)} additions do not fit; wanted counts in [1, 12].", nameof(settings));
        _settings = settings;
        _splits = new(Name, settings.Splits, Draw);
    }

    /// <inheritdoc/>
    public string Name => "sums";

    /// <inheritdoc/>
    public ITokenizer Tokenizer { get; } = new CharacterTokenizer(Characters);

    /// <summary>All characters of prompts and responses.</summary>
    public static string Characters => "0123456789.+=#\n";

    /// <inheritdoc/>
    public int MaximumResponse => 6 * _settings.Additions.Max() + 3;

    /// <inheritdoc/>
    public IReadOnlyList<TextProblem> Problems(Split split) => _splits[split];

    /// <inheritdoc/>
    public double Verify(TextProblem problem, string response) =>
        response.LastIndexOf('#') is >= 0 and var place && response.AsSpan(place + 1).SequenceEqual(problem.Answer) ? 1 : 0;

    /// <inheritdoc/>
    public string Demonstrate(TextProblem problem, ref Randomness random) => Demonstrate(problem, (TraceLength)random.NextInt(3));

    /// <summary>The correct response with a trace of the given length.</summary>
    /// <param name="problem">One of the task's.</param>
    /// <param name="length">How much it writes down.</param>
    /// <returns>The text.</returns>
    public string Demonstrate(TextProblem problem, TraceLength length)
    {
        var unused = new Randomness(0);
        return Trace(problem, length, -1, ref unused);
    }

    /// <summary>One line's result is wrong and the others follow from it.</summary>
    /// <inheritdoc/>
    public string DemonstrateWrongly(TextProblem problem, ref Randomness random)
    {
        var length = (TraceLength)random.NextInt(3);
        return Trace(problem, length, random.NextInt(Lines(length, problem.Difficulty)), ref random);
    }

    /// <summary>How many lines the trace has: traces of different lengths are different ways.</summary>
    /// <inheritdoc/>
    public string SolutionKey(TextProblem problem, string response) => response.Count(character => character == '\n').ToString(CultureInfo.InvariantCulture);

    private static int AtATime(TraceLength length, int additions) => length switch { TraceLength.Full => 1, TraceLength.Middle => 2, _ => additions };

    private static int Lines(TraceLength length, int additions) => (additions + AtATime(length, additions) - 1) / AtATime(length, additions);

    private static string Trace(TextProblem problem, TraceLength length, int wrong, ref Randomness random)
    {
        var (prompt, atATime) = (problem.Prompt, AtATime(length, problem.Difficulty));
        var text = new StringBuilder();
        var running = prompt[0] - '0';
        for (var (term, line) = (1, 0); term <= problem.Difficulty; term += atATime, line++)
        {
            var terms = Enumerable.Range(term, Math.Min(atATime, problem.Difficulty - term + 1)).ToArray();
            var sum = (running + terms.Sum(i => prompt[i] - '0')) % 10;
            if (line == wrong) sum = (sum + 1 + random.NextInt(9)) % 10;
            if (length != TraceLength.Terse)
                text.Append(CultureInfo.InvariantCulture, $"{running}{string.Concat(terms.Select(i => $"+{prompt[i]}"))}={sum}\n");
            running = sum;
        }
        return text.Append(CultureInfo.InvariantCulture, $"#{running}").ToString();
    }

    private DrawnProblem Draw(ref Randomness random)
    {
        var additions = _settings.Additions[random.NextInt(_settings.Additions.Count)];
        var digits = new int[additions + 1];
        for (var i = 0; i < digits.Length; i++) digits[i] = random.NextInt(10);
        var prompt = string.Concat(digits).PadRight(_settings.Additions.Max() + 1, '.') + "=";
        return new(prompt, (digits.Sum() % 10).ToString(CultureInfo.InvariantCulture), additions, string.Concat(digits.Order()));
    }
}
