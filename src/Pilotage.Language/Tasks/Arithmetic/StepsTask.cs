using System.Globalization;
using System.Text;
using Pilotage.Language.Tokenizers;

namespace Pilotage.Language.Tasks.Arithmetic;

/// <summary>A chain of sums and differences of two-digit numbers; the response writes one line a step and the result in a box. Only the box is checked.</summary>
/// <remarks>Prompt <c>47+23-15=?</c>, response <c>47+23=70</c>, <c>70-15=55</c>, <c>[55]</c> on lines of their own. Every running result has two digits. One token a character.</remarks>
public sealed class StepsTask : IGeneratedTask
{
    private readonly StepsSettings _settings;
    private readonly ProblemSplits _splits;

    /// <summary>Makes the task.</summary>
    /// <param name="settings">Which problems.</param>
    /// <exception cref="ArgumentException">A setting is out of its range.</exception>
    public StepsTask(StepsSettings settings)
    {
        if (settings.Operations.Count == 0 || settings.Operations.Any(count => count is < 1 or > 16))
            throw new ArgumentException($"steps: problems of {string.Join(", ", settings.Operations)} operations do not fit; wanted counts in [1, 16].", nameof(settings));
        _settings = settings;
        _splits = new(Name, settings.Splits, Draw);
    }

    /// <inheritdoc/>
    public string Name => "steps";

    /// <inheritdoc/>
    public ITokenizer Tokenizer { get; } = new CharacterTokenizer("0123456789+-=?[]\n");

    /// <inheritdoc/>
    public int MaximumResponse => 9 * _settings.Operations.Max() + 5;

    /// <inheritdoc/>
    public IReadOnlyList<TextProblem> Problems(Split split) => _splits[split];

    /// <inheritdoc/>
    public double Verify(TextProblem problem, string response) => AnswerText.Boxed(response, '[', ']') == problem.Answer ? 1 : 0;

    /// <inheritdoc/>
    public string Demonstrate(TextProblem problem, ref Randomness random) => Lines(problem.Prompt, -1, ref random);

    /// <summary>One step's result is wrong and the others follow from it.</summary>
    /// <inheritdoc/>
    public string DemonstrateWrongly(TextProblem problem, ref Randomness random)
    {
        while (true)
        {
            var response = Lines(problem.Prompt, random.NextInt(problem.Difficulty), ref random);
            if (Verify(problem, response) == 0) return response;
        }
    }

    /// <summary>The answer: there is one solution.</summary>
    /// <inheritdoc/>
    public string SolutionKey(TextProblem problem, string response) => problem.Answer;

    private static string Lines(string prompt, int wrong, ref Randomness random)
    {
        var text = new StringBuilder();
        var running = Number(prompt, 0);
        for (var place = 2; prompt[place] != '='; place += 3)
        {
            var operand = Number(prompt, place + 1);
            text.Append(CultureInfo.InvariantCulture, $"{running:00}{prompt[place]}{operand}=");
            // What follows a wrong step may leave the two digits; it stays in them.
            running = ((prompt[place] == '+' ? running + operand : running - operand) + 100) % 100;
            if (place / 3 == wrong) running = (running + 1 + random.NextInt(99)) % 100;
            text.Append(CultureInfo.InvariantCulture, $"{running:00}\n");
        }
        return text.Append(CultureInfo.InvariantCulture, $"[{running:00}]").ToString();
    }

    private static int Number(string prompt, int place) => 10 * (prompt[place] - '0') + (prompt[place + 1] - '0');

    private DrawnProblem Draw(ref Randomness random)
    {
        var operations = _settings.Operations[random.NextInt(_settings.Operations.Count)];
        var running = 10 + random.NextInt(90);
        var text = new StringBuilder().Append(running);
        for (var i = 0; i < operations; i++)
        {
            var adds = running < 20 || running < 90 && random.NextInt(2) == 0;
            var operand = 10 + random.NextInt(adds ? 90 - running : running - 19);
            text.Append(adds ? '+' : '-').Append(operand);
            running += adds ? operand : -operand;
        }
        var prompt = text.Append("=?").ToString();
        return new(prompt, running.ToString(CultureInfo.InvariantCulture), operations, prompt);
    }
}
