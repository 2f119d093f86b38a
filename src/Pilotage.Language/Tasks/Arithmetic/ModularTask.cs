using System.Globalization;
using Pilotage.Language.Tokenizers;

namespace Pilotage.Language.Tasks.Arithmetic;

/// <summary>A sum, difference or product of two numbers modulo a third. One answer.</summary>
/// <remarks>Prompt <c>37*58%13=</c>, response <c>1</c>: what is left of 2146 when 13 is taken away as often as it goes; a difference is brought above zero. One token a character.</remarks>
public sealed class ModularTask : IGeneratedTask
{
    private readonly ModularSettings _settings;
    private readonly ProblemSplits _splits;

    /// <summary>Makes the task.</summary>
    /// <param name="settings">Which problems.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public ModularTask(ModularSettings settings)
    {
        if (settings.Digits.Count == 0 || settings.Moduli.Count == 0 || settings.Digits.Any(count => count is < 1 or > 4) || settings.Moduli.Any(modulus => modulus is < 2 or > 99))
            throw new ArgumentException($"modular: numbers of {string.Join(", ", settings.Digits)} digits modulo {string.Join(", ", settings.Moduli)} do not fit; wanted counts in [1, 4] and moduli in [2, 99].", nameof(settings));
        _settings = settings;
        _splits = new(Name, settings.Splits, Draw);
    }

    /// <inheritdoc/>
    public string Name => "modular";

    /// <inheritdoc/>
    public ITokenizer Tokenizer { get; } = new CharacterTokenizer("0123456789+-*%=");

    /// <inheritdoc/>
    public int MaximumResponse => 3;

    /// <inheritdoc/>
    public IReadOnlyList<TextProblem> Problems(Split split) => _splits[split];

    /// <inheritdoc/>
    public double Verify(TextProblem problem, string response) => response == problem.Answer ? 1 : 0;

    /// <inheritdoc/>
    public string Demonstrate(TextProblem problem, ref Randomness random) => problem.Answer;

    /// <summary>Another remainder.</summary>
    /// <inheritdoc/>
    public string DemonstrateWrongly(TextProblem problem, ref Randomness random)
    {
        var modulus = int.Parse(problem.Prompt.AsSpan(problem.Prompt.IndexOf('%', StringComparison.Ordinal) + 1).TrimEnd('='), NumberStyles.None, CultureInfo.InvariantCulture);
        var answer = int.Parse(problem.Answer, NumberStyles.None, CultureInfo.InvariantCulture);
        return ((answer + 1 + random.NextInt(modulus - 1)) % modulus).ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The answer: there is one solution.</summary>
    /// <inheritdoc/>
    public string SolutionKey(TextProblem problem, string response) => problem.Answer;

    private DrawnProblem Draw(ref Randomness random)
    {
        var digits = _settings.Digits[random.NextInt(_settings.Digits.Count)];
        var range = (int)Math.Round(Math.Pow(10, digits));
        var (first, second) = (random.NextInt(range), random.NextInt(range));
        var modulus = _settings.Moduli[random.NextInt(_settings.Moduli.Count)];
        var operation = "+-*"[random.NextInt(3)];
        var value = operation switch { '+' => first + second, '-' => first - second, _ => first * second };
        var prompt = $"{first}{operation}{second}%{modulus}=";
        // The same sum or product with its operands exchanged asks the same.
        var key = operation == '-' ? prompt : $"{Math.Min(first, second)}{operation}{Math.Max(first, second)}%{modulus}";
        return new(prompt, ((value % modulus + modulus) % modulus).ToString(CultureInfo.InvariantCulture), digits, key);
    }
}
