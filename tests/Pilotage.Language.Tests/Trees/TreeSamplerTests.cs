using Pilotage.Credit;
using Pilotage.Language.Generation;
using Pilotage.Language.Models;
using Pilotage.Language.Tasks;
using Pilotage.Language.Tests.Generation;
using Pilotage.Language.Tokenizers;
using Pilotage.Language.Trees;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Language.Tests.Trees;

public sealed class TreeSamplerTests
{
    private static readonly LetterTask Task = new();

    [Theory]
    [InlineData(8, 8, 54)]
    [InlineData(16, 14, 190)]
    public void Sample_NoEarlyStop_DecodesTheSegmentsOfADoublingTree(int leaves, int depth, int segments)
    {
        var sampler = Sampler(new() { Leaves = leaves, Depth = depth, SegmentTokens = 2, RepetitionCount = 0 }, end: false);

        var tree = sampler.Sample([Task.Problem(0)], SeedTree.Root(1), 0)[0];

        Assert.Equal((leaves, segments, 0), (tree.Leaves.Count, tree.Segments, tree.Fallbacks));
        Assert.All(tree.Leaves, leaf => Assert.Equal(depth, leaf.Depth));
        Assert.Equal(2 * segments, sampler.DecodedTokens);
    }

    [Theory]
    [InlineData(BranchPolicy.Uniform, FallbackPolicy.Random)]
    [InlineData(BranchPolicy.LowProbability, FallbackPolicy.LowestToken)]
    [InlineData(BranchPolicy.HighProbability, FallbackPolicy.BlockSoftmax)]
    public void Sample_EarlyStops_StillGivesEveryLeafOnTheGridWithItsForwardsBits(BranchPolicy policy, FallbackPolicy fallback)
    {
        var config = new TreeConfig { Leaves = 30, Depth = 4, SegmentTokens = 3, MostFirst = 4, Policy = policy, Fallback = fallback, FallbackBlock = 5, FallbackRounds = 40 };
        var model = Model();
        var sampler = new TreeSampler(new Generator(model), Task, Task.Tokenizer, new(), config);

        var trees = sampler.Sample([.. Enumerable.Range(0, 12).Select(Task.Problem)], SeedTree.Root(2), 0);

        Assert.Contains(trees, tree => tree.Fallbacks > 0);
        foreach (var tree in trees)
        {
            Assert.Equal(30, tree.Leaves.Count);
            Assert.Equal(tree.Leaves.Select(leaf => leaf.Path), tree.Group.Responses.Select(response => response.Tag));
            Assert.Equal(tree.Leaves.Count, tree.Group.Responses.Select(response => response.Tag).Distinct().Count());
            // Every segment but a path's last is full.
            foreach (var node in tree.Nodes().Where(node => node.Children.Count > 0 && node.Depth > 0)) Assert.Equal(3, node.Tokens);
            for (var i = 0; i < tree.Leaves.Count; i++)
                Assert.Equal(tree.Group.Responses[i].Tokens.Length, tree.Leaves[i].FromRoot().Sum(node => node.Tokens));
            AssertSharedBeginnings(tree);
        }
        GenerationRequest[] requests = [.. trees.SelectMany(tree => tree.Group.Responses.Select(_ => new GenerationRequest(tree.Group.Prompt, default, 1)))];
        Completion[] completions = [.. trees.SelectMany(tree => tree.Group.Responses.Select(response => new Completion(response.Tokens, response.LogProbabilities, response.Reason)))];
        Assert.Equal(GeneratorTests.Bits(GeneratorTests.Scores(model, requests, completions, 1)), GeneratorTests.Bits(completions.SelectMany(completion => completion.LogProbabilities)));
    }

    [Fact]
    public void Sample_AloneOrInCompany_GrowsTheSameTree()
    {
        var sampler = Sampler(new() { Leaves = 6, Depth = 5, SegmentTokens = 3, MostFirst = 3 });
        var together = sampler.Sample([Task.Problem(0), Task.Problem(1), Task.Problem(2)], SeedTree.Root(4), 0);

        var alone = sampler.Sample([Task.Problem(0)], SeedTree.Root(4), 0)[0];

        Assert.Equal(together[0].Group.Responses.Select(response => (response.Tag, string.Join(',', response.Tokens))), alone.Group.Responses.Select(response => (response.Tag, string.Join(',', response.Tokens))));
    }

    [Fact]
    public void Sample_OneSegment_IsIndependentAnswersWithCentredCredit()
    {
        var sampler = Sampler(new() { Leaves = 8, Depth = 1, SegmentTokens = 12, FewestFirst = 8, MostFirst = 8, Branching = 1, FallbackRounds = 0 });

        var tree = sampler.Sample([Task.Problem(3)], SeedTree.Root(4), 0)[0];

        var mean = tree.Group.Rewards.Average();
        Assert.Equal((8, 8), (tree.Leaves.Count, tree.Segments));
        Assert.All(tree.Credit(SubgroupWeighting.Average).Zip(tree.Group.Rewards), pair => Assert.Equal(pair.Second - mean, pair.First, 1e-6));
    }

    [Fact]
    public void Sample_EveryPathStopsAtOnce_ReturnsWhatTheRoundsGave()
    {
        // All logits are 0, and of equal tokens the first is taken, which is the end: leaves of one token, and a fallback that can only begin at the prompt again.
        var model = Model();
        model.Parameters.All.First(parameter => parameter.Name == "norm.shift").Values.Clear();
        model.Parameters.All.First(parameter => parameter.Name == "norm.gain").Values.Clear();
        var sampler = new TreeSampler(new Generator(model), Task, Task.Tokenizer, new() { Temperature = 0 }, new() { Leaves = 8, FallbackRounds = 2 });

        var tree = sampler.Sample([Task.Problem(0)], SeedTree.Root(4), 0)[0];

        Assert.Equal((2 + 2 * 2, 8, 2), (tree.Leaves.Count, tree.Wanted, tree.Fallbacks));
    }

    [Fact]
    public void Sample_RepeatedRun_StopsThePath()
    {
        Assert.True(TextRepetition.Occurs("abcabcabcabc", 3, 4));
        Assert.False(TextRepetition.Occurs("abcabcabcab", 3, 4));
        Assert.True(TextRepetition.Occurs("aaaaa", 2, 4));
        Assert.False(TextRepetition.Occurs("", 2, 1));
        // At temperature 0 the model repeats itself until it is stopped.
        var sampler = new TreeSampler(new Generator(Model()), Task, new NoEnd(Task.Tokenizer), new() { Temperature = 0 }, new() { Leaves = 2, Depth = 20, SegmentTokens = 2, RepetitionLength = 1, RepetitionCount = 12 });
        Assert.All(sampler.Sample([Task.Problem(0)], SeedTree.Root(1), 0)[0].Leaves, leaf => Assert.InRange(leaf.Depth, 6, 19));
    }

    [Fact]
    public void Credit_OfTheTree_MatchesItsLevels()
    {
        var tree = Sampler(new() { Leaves = 8, Depth = 6, SegmentTokens = 2 }).Sample([Task.Problem(5)], SeedTree.Root(8), 0)[0];

        var credit = tree.Credit(SubgroupWeighting.Average);

        for (var leaf = 0; leaf < credit.Length; leaf++)
        {
            var levels = tree.Levels(leaf).Where((level, depth) => depth == 0 || level.Size > 1).ToArray();
            Assert.Equal(levels.Average(level => level.Advantage), credit[leaf], 1e-6);
            Assert.Equal(tree.Leaves[leaf].Depth, tree.Levels(leaf).Count);
        }
    }

    [Theory]
    [InlineData(5, 4, 4, "fewestFirst = 5 is above mostFirst = 4")]
    [InlineData(2, 9, 8, "mostFirst = 9 is above leaves = 8")]
    public void Config_ThatCannotBe_SaysWhy(int fewest, int most, int leaves, string message) =>
        Assert.Contains(new TreeConfig { FewestFirst = fewest, MostFirst = most, Leaves = leaves }.Problems(), problem => problem.StartsWith(message, StringComparison.Ordinal));

    private static void AssertSharedBeginnings(RolloutTree tree)
    {
        for (var i = 0; i < tree.Leaves.Count; i++)
            for (var j = 0; j < i; j++)
            {
                var shared = tree.Leaves[i].FromRoot().Intersect(tree.Leaves[j].FromRoot()).Sum(node => node.Tokens);
                Assert.Equal(tree.Group.Responses[i].Tokens[..shared], tree.Group.Responses[j].Tokens[..shared]);
            }
    }

    private static LanguageModel Model() => new(LanguageModelConfig.Nano(Task.Tokenizer.VocabularySize), SeedTree.Root(3));

    private static TreeSampler Sampler(TreeConfig config, bool end = true) =>
        new(new Generator(Model()), Task, end ? Task.Tokenizer : new NoEnd(Task.Tokenizer), new(), config);

    /// <summary>Prompts of letters; a response earns its share of a's.</summary>
    private sealed class LetterTask : ITextTask
    {
        public CharacterTokenizer Tokenizer { get; } = new("abcdefgh");

        public string Name => "letters";

        public TextProblem Problem(int number) => new($"{number}", new string((char)('a' + number % 8), 1 + number % 5), "");

        public IReadOnlyList<TextProblem> Problems(Split split) => [Problem(0)];

        public double Verify(TextProblem problem, string response) => response.Length == 0 ? 0 : response.Count(letter => letter == 'a') / (double)response.Length;
    }

    /// <summary>A tokenizer whose end token the model cannot draw.</summary>
    private sealed class NoEnd(ITokenizer inner) : ITokenizer
    {
        public int VocabularySize => inner.VocabularySize;

        public int EndToken => -1;

        public string Hash => inner.Hash;

        public int[] Encode(string text) => inner.Encode(text);

        public string Decode(ReadOnlySpan<int> tokens) => inner.Decode(tokens);
    }
}
