using Pilotage.Language.Generation;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Language.Tasks;
using Pilotage.Language.Tokenizers;

namespace Pilotage.Language.Tests.Groups;

/// <summary>The digit of the prompt is to be said first: small enough to be learned in a second.</summary>
internal sealed class EchoTask(Func<TextProblem, string, double>? verifier = null) : IGeneratedTask
{
    private const string Digits = "0123";

    public string Name => "echo";

    public ITokenizer Tokenizer { get; } = new CharacterTokenizer(Digits + "=");

    public int MaximumResponse => 3;

    public IReadOnlyList<TextProblem> Problems(Split split) => [.. Digits.Select(digit => new TextProblem($"{split}/{digit}", $"{digit}=", $"{digit}"))];

    public double Verify(TextProblem problem, string response) => verifier is null ? response.StartsWith(problem.Answer, StringComparison.Ordinal) ? 1 : 0 : verifier(problem, response);

    public string Demonstrate(TextProblem problem, ref Randomness random) => problem.Answer;

    public string DemonstrateWrongly(TextProblem problem, ref Randomness random) => $"{(problem.Answer[0] - '0' + 1) % 4}";

    public string SolutionKey(TextProblem problem, string response) => problem.Answer;

    public static LanguageModel Model(long seed = 1) =>
        new(new() { VocabularySize = new EchoTask().Tokenizer.VocabularySize, Width = 8, Layers = 1, Heads = 2, ContextLength = 8 }, SeedTree.Root(seed));

    public GroupSampler Sampler(LanguageModel model, int maximumTokens = 3) => new(new Generator(model), this, Tokenizer, new(), maximumTokens);

    public ProblemStream Stream(long seed = 1) => new(Problems(Split.Train), SeedTree.Root(seed));

    /// <summary>Groups drawn from a model, with some rewards made unequal so that every group has credit.</summary>
    public IReadOnlyList<ResponseGroup> Groups(LanguageModel model, int size = 4, long seed = 5) =>
        [.. Sampler(model).Sample(Problems(Split.Train), size, SeedTree.Root(seed), 0).Select(group => group with { Responses = [.. group.Responses.Select((response, i) => response with { Reward = i % 3 == 0 ? 1 : 0 })] })];
}
