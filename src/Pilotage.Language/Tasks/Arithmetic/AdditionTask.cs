using System.Globalization;
using System.Text;
using Pilotage.Language.Tokenizers;

namespace Pilotage.Language.Tasks.Arithmetic;

/// <summary>Two numbers of k digits are added, with as long a trace as the response likes: a long one makes each step easy, a short one is cheap.</summary>
/// <remarks>
/// Prompt <c>482+957=</c>. Full: <c>2+7+0=09</c>, <c>8+5+0=13</c>, <c>4+9+1=14</c>, <c>#1439</c> on lines of their own: digits from the right, the carry, and their sum. Middle: two digits a line.
/// Terse: <c>#1439</c>. What follows the last # is checked. One token a character.
/// </remarks>
public sealed class AdditionTask : IGeneratedTask
{
    private readonly AdditionSettings _settings;
    private readonly ProblemSplits _splits;

    /// <summary>Makes the task.</summary>
    /// <param name="settings">Which problems.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public AdditionTask(AdditionSettings settings)
    {
        if (settings.Digits.Count == 0 || settings.Digits.Any(count => count is < 1 or > 9) || settings.Width != 0 && (settings.Width > 9 || settings.Width < settings.Digits.Max()))
            throw new ArgumentException($"addition: numbers of {string.Join(", ", settings.Digits)} digits filled up to {settings.Width} do not fit; wanted counts in [1, 9], and a width of 0 or from the largest to 9.", nameof(settings));
        _settings = settings;
        _splits = new(Name, settings.Splits, Draw);
    }

    /// <inheritdoc/>
    public string Name => "addition";

    /// <inheritdoc/>
    public ITokenizer Tokenizer { get; } = new CharacterTokenizer("0123456789+=#\n");

    /// <inheritdoc/>
    public int MaximumResponse => 10 * _settings.Digits.Max() + 3;

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

    /// <summary>One partial sum is wrong and the others follow from it.</summary>
    /// <inheritdoc/>
    public string DemonstrateWrongly(TextProblem problem, ref Randomness random)
    {
        while (true)
        {
            var response = Trace(problem, (TraceLength)random.NextInt(3), random.NextInt(problem.Difficulty), ref random);
            if (Verify(problem, response) == 0) return response;
        }
    }

    /// <summary>How many lines the trace has: traces of different lengths are different ways.</summary>
    /// <inheritdoc/>
    public string SolutionKey(TextProblem problem, string response) => response.Count(character => character == '\n').ToString(CultureInfo.InvariantCulture);

    private static string Trace(TextProblem problem, TraceLength length, int wrong, ref Randomness random)
    {
        var (plus, digits) = (problem.Prompt.IndexOf('+', StringComparison.Ordinal), problem.Difficulty);
        var (first, second) = (problem.Prompt[(plus - digits)..plus], problem.Prompt[^(digits + 1)..^1]);
        var atATime = length switch { TraceLength.Full => 1, TraceLength.Middle => 2, _ => digits };
        var (text, answer, carry) = (new StringBuilder(), "", 0);
        for (var (end, part) = (digits, 0); end > 0; end -= atATime, part++)
        {
            var range = Math.Max(end - atATime, 0)..end;
            var size = end - range.Start.Value;
            var base10 = Power(size);
            var sum = Whole(first[range]) + Whole(second[range]) + carry;
            if (part == wrong) sum = (sum + 1 + random.NextInt(2 * base10 - 1)) % (2 * base10);
            if (length != TraceLength.Terse) text.Append(CultureInfo.InvariantCulture, $"{first[range]}+{second[range]}+{carry}={sum.ToString($"D{size + 1}", CultureInfo.InvariantCulture)}\n");
            carry = sum / base10;
            answer = (sum % base10).ToString($"D{size}", CultureInfo.InvariantCulture) + answer;
        }
        return text.Append(CultureInfo.InvariantCulture, $"#{Whole(carry + answer)}").ToString();
    }

    private static int Whole(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);

    private static int Power(int digits)
    {
        var power = 1;
        for (var i = 0; i < digits; i++) power *= 10;
        return power;
    }

    private DrawnProblem Draw(ref Randomness random)
    {
        var digits = _settings.Digits[random.NextInt(_settings.Digits.Count)];
        var (low, range) = digits == 1 ? (0, 10) : (Power(digits - 1), 9 * Power(digits - 1));
        var (first, second) = (low + random.NextInt(range), low + random.NextInt(range));
        var format = $"D{Math.Max(1, _settings.Width)}";
        return new($"{first.ToString(format, CultureInfo.InvariantCulture)}+{second.ToString(format, CultureInfo.InvariantCulture)}=", (first + second).ToString(CultureInfo.InvariantCulture), digits, $"{Math.Min(first, second)}+{Math.Max(first, second)}");
    }
}
