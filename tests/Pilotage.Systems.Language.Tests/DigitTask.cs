using Pilotage.Language.Generation;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Language.Tasks;
using Pilotage.Language.Tokenizers;

namespace Pilotage.Systems.Language.Tests;

/// <summary>Four prompts of one digit, judged by any rule: small enough for a learner to be tried in milliseconds.</summary>
/// <param name="verify">Reward of a response.</param>
internal sealed class DigitTask(Func<TextProblem, string, double> verify) : ITextTask
{
    private const string Digits = "0123";

    public string Name => "digits";

    public ITokenizer Tokenizer { get; } = new CharacterTokenizer(Digits + "=");

    public IReadOnlyList<TextProblem> Problems(Split split) => [.. Digits.Select(digit => new TextProblem($"{split}/{digit}", $"{digit}=", $"{digit}"))];

    public double Verify(TextProblem problem, string response) => verify(problem, response);

    public LanguageModel Model(long seed = 1) => new(new() { VocabularySize = Tokenizer.VocabularySize, Width = 8, Layers = 1, Heads = 2, ContextLength = 8 }, SeedTree.Root(seed));

    public GroupSampler Sampler(LanguageModel model, float temperature = 1) => new(new Generator(model), this, Tokenizer, new() { Temperature = temperature }, maximumTokens: 3);

    public ProblemStream Stream() => new(Problems(Split.Train), SeedTree.Root(1));

    /// <summary>The digit of the prompt said first.</summary>
    public static DigitTask Echo() => new((problem, response) => response.StartsWith(problem.Answer, StringComparison.Ordinal) ? 1 : 0);

    /// <summary>Some responses are right, by the parity of their letters: half of them, whatever the policy.</summary>
    public static DigitTask Parity() => new((_, response) => response.Sum(letter => letter) % 2);
}
