using System.Globalization;
using System.Text;
using Pilotage.Language.Tokenizers;

namespace Pilotage.Language.Tasks.Arithmetic;

/// <summary>Two-digit numbers joined by + - *, computed from left to right modulo 100; the response writes the running results, two digits each. One answer.</summary>
/// <remarks>Prompt <c>47+23*15-88=</c>, response <c>705062</c>: 70, 50, 62. Only the last result is checked. One token a character.</remarks>
public sealed class ChainTask : IGeneratedTask
{
    private const int Modulus = 100;
    private readonly ChainSettings _settings;
    private readonly ProblemSplits _splits;

    /// <summary>Makes the task.</summary>
    /// <param name="settings">Which problems.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public ChainTask(ChainSettings settings)
    {
        if (settings.Operations.Count == 0 || settings.Operations.Any(count => count is < 1 or > 16))
            throw new ArgumentException($"chain: problems of {string.Join(", ", settings.Operations)} operations do not fit; wanted counts in [1, 16].", nameof(settings));
        _settings = settings;
        _splits = new(Name, settings.Splits, Draw);
    }

    /// <inheritdoc/>
    public string Name => "chain";

    /// <inheritdoc/>
    public ITokenizer Tokenizer { get; } = new CharacterTokenizer("0123456789+-*=");

    /// <inheritdoc/>
    public int MaximumResponse => 2 * _settings.Operations.Max() + 1;

    /// <inheritdoc/>
    public IReadOnlyList<TextProblem> Problems(Split split) => _splits[split];

    /// <inheritdoc/>
    public double Verify(TextProblem problem, string response) =>
        response.Length >= 2 && response.All(char.IsAsciiDigit) && response.EndsWith(problem.Answer, StringComparison.Ordinal) ? 1 : 0;

    /// <inheritdoc/>
    public string Demonstrate(TextProblem problem, ref Randomness random) => Results(problem.Prompt, -1, ref random);

    /// <summary>One running result is wrong and the others follow from it.</summary>
    /// <inheritdoc/>
    public string DemonstrateWrongly(TextProblem problem, ref Randomness random)
    {
        while (true)
        {
            var response = Results(problem.Prompt, random.NextInt(problem.Difficulty), ref random);
            if (Verify(problem, response) == 0) return response;
        }
    }

    /// <summary>The answer: there is one solution.</summary>
    /// <inheritdoc/>
    public string SolutionKey(TextProblem problem, string response) => problem.Answer;

    private static string Results(string prompt, int wrong, ref Randomness random)
    {
        var text = new StringBuilder();
        var running = Number(prompt, 0);
        for (var place = 2; place + 1 < prompt.Length; place += 3)
        {
            running = Apply(running, prompt[place], Number(prompt, place + 1));
            if (place / 3 == wrong) running = (running + 1 + random.NextInt(Modulus - 1)) % Modulus;
            text.Append(CultureInfo.InvariantCulture, $"{running:00}");
        }
        return text.ToString();
    }

    private static int Apply(int left, char operation, int right) => operation switch
    {
        '+' => (left + right) % Modulus,
        '-' => (left - right + Modulus) % Modulus,
        _ => left * right % Modulus,
    };

    private static int Number(string prompt, int place) => 10 * (prompt[place] - '0') + (prompt[place + 1] - '0');

    private DrawnProblem Draw(ref Randomness random)
    {
        var operations = _settings.Operations[random.NextInt(_settings.Operations.Count)];
        var text = new StringBuilder();
        for (var i = 0; i <= operations; i++)
        {
            if (i > 0) text.Append("+-*"[random.NextInt(3)]);
            text.Append(10 + random.NextInt(90));
        }
        var prompt = text.Append('=').ToString();
        return new(prompt, Results(prompt, -1, ref random)[^2..], operations, prompt);
    }
}
