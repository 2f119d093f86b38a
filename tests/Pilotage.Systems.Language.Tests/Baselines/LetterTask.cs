using Pilotage.Language.Generation;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Language.Tasks;
using Pilotage.Language.Tokenizers;

namespace Pilotage.Systems.Language.Tests.Baselines;

/// <summary>One letter is asked; right is what begins with it. Small enough to learn in a moment.</summary>
internal sealed class LetterTask(Func<TextProblem, string, double>? verify = null) : ITextTask, ITokenizer
{
    private const string Letters = "abcd";

    public string Name => "letters";

    public int VocabularySize => Letters.Length + 1;

    public int EndToken => Letters.Length;

    public string Hash => "letters";

    public IReadOnlyList<TextProblem> Problems(Split split) => [.. Letters.Select(letter => new TextProblem($"{letter}", $"{letter}", $"{letter}"))];

    public double Verify(TextProblem problem, string response) => verify?.Invoke(problem, response) ?? (response.StartsWith(problem.Answer, StringComparison.Ordinal) ? 1 : 0);

    public int[] Encode(string text) => [.. text.Select(letter => Letters.IndexOf(letter))];

    public string Decode(ReadOnlySpan<int> tokens)
    {
        var text = "";
        foreach (var token in tokens) if (token < Letters.Length) text += Letters[token];
        return text;
    }

    public static LanguageModel Model(int seed = 5) => new(new() { VocabularySize = 5, Width = 16, Layers = 1, Heads = 2, ContextLength = 8 }, SeedTree.Root(seed));

    public GroupSampler Sampler(LanguageModel model) => new(new Generator(model), this, this, new SamplingSettings(), 3);

    public ProblemStream Stream() => new(Problems(Split.Train), SeedTree.Root(2));

    public double Success(LanguageModel model) => Sampler(model).Sample(Problems(Split.Test), 32, SeedTree.Root(99), 0).Average(group => group.Rewards.Average());
}
