using Pilotage.Language.Generation;
using Pilotage.Language.Models;
using Pilotage.Language.Tokenizers;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Language.Tests.Generation;

public sealed class GenerationSessionTests
{
    private static readonly int[] Prompt = [.. Enumerable.Range(0, 21).Select(i => i % 20)];

    [Fact]
    public void Decode_InPieces_GivesTheTokensOfOneCall()
    {
        var generator = new Generator(ModelKinds.Make("llama"));
        var whole = generator.Generate([new(Prompt, SeedTree.Root(4), 40)], new())[0];
        var session = generator.Begin(new());
        var branch = session.Start(new(Prompt, SeedTree.Root(4), 40));

        foreach (var tokens in new[] { 1, 7, 16, 3, 50 }) session.Decode([branch], tokens);

        Assert.Equal(whole.Tokens, branch.Response.ToArray());
        Assert.Equal(GeneratorTests.Bits(whole.LogProbabilities), GeneratorTests.Bits(branch.LogProbabilities.ToArray()));
        Assert.Equal(FinishReason.Length, branch.Finish);
    }

    [Fact]
    public void Fork_BothGoOn_EachHasTheBitsOfItsOwnForward()
    {
        var model = ModelKinds.Make("llama");
        var session = new Generator(model).Begin(new());
        var trunk = session.Start(new(Prompt, SeedTree.Root(1), 50));
        session.Decode([trunk], 9);

        // Forks in the middle of a page that three branches then write, on different sides of a border.
        var (left, right) = (session.Fork(trunk, SeedTree.Root(2)), session.Fork(trunk, SeedTree.Root(3)));
        session.Decode([left], 12);
        session.Decode([trunk, right], 5);
        session.Decode([left, trunk, right], 9);

        Assert.Equal(trunk.Response[..9].ToArray(), left.Response[..9].ToArray());
        Assert.NotEqual(left.Response[9..15].ToArray(), right.Response[9..15].ToArray());
        AssertForward(model, [trunk, left, right]);
    }

    [Fact]
    public void Fork_CountsWhatTheCopyTakesOver()
    {
        var session = new Generator(ModelKinds.Make("gpt2")).Begin(new());
        var trunk = session.Start(new(Prompt, SeedTree.Root(1), 50));
        session.Decode([trunk], 9);

        var copy = session.Fork(trunk, SeedTree.Root(2));

        // Of 21 + 9 tokens the last is run with the next one drawn.
        Assert.Equal((9, 20, 29), (session.DecodedTokens, session.PrefilledTokens, session.ReusedTokens));
        session.Truncate(copy, 4);
        Assert.Equal(24, session.ReusedTokens);
        session.Decode([copy], 3);
        Assert.Equal((12, 24), (session.DecodedTokens, session.ReusedTokens));
    }

    [Fact]
    public void Truncate_ThenDecode_GrowsFromTheCutAndLeavesOthersAlone()
    {
        var model = ModelKinds.Make("qwen2");
        var session = new Generator(model).Begin(new());
        var trunk = session.Start(new(Prompt, SeedTree.Root(1), 30));
        session.Decode([trunk], 30);
        var other = session.Fork(trunk, SeedTree.Root(9));
        var before = trunk.Response.ToArray();

        session.Truncate(other, 6);
        session.Decode([other], 20);

        Assert.Equal(before, trunk.Response.ToArray());
        Assert.Equal(before[..6], other.Response[..6].ToArray());
        Assert.Equal(26, other.ResponseLength);
        AssertForward(model, [trunk, other]);
    }

    [Fact]
    public void Truncate_ToAPromptThatOthersShare_DoesNotWriteTheirPages()
    {
        var model = ModelKinds.Make("gpt2");
        var session = new Generator(model).Begin(new());
        int[] prompt = [.. Prompt, .. Prompt[..11]];                                    // two whole pages
        var first = session.Start(new(prompt, SeedTree.Root(1), 40));
        session.Decode([first], 20);
        session.Truncate(first, 0);
        var second = session.Start(new(prompt, SeedTree.Root(2), 40));
        session.Decode([second], 10);
        session.Decode([first, second], 10);

        AssertForward(model, [first, second]);
    }

    [Fact]
    public void Release_AllBranches_GivesEveryPageBack()
    {
        var model = ModelKinds.Make("gpt2");
        var runner = new CachedRunner(model);
        var session = new GenerationSession(model, runner, new(), null);
        var trunk = session.Start(new(Prompt, SeedTree.Root(1), 50));
        session.Decode([trunk], 20);
        var copies = Enumerable.Range(0, 5).Select(i => session.Fork(trunk, SeedTree.Root(i))).ToArray();
        session.Decode(copies, 10);
        Assert.True(runner.HeldPages > 5);

        session.Release(trunk);
        foreach (var copy in copies) session.Release(copy);

        Assert.Equal((0, 0), (runner.HeldPages, session.Branches));
    }

    [Fact]
    public void Decode_ReleasedOrForeignOrRepeatedBranch_IsRefused()
    {
        var generator = new Generator(ModelKinds.Make("gpt2"));
        var session = generator.Begin(new());
        var (branch, released) = (session.Start(new(Prompt, SeedTree.Root(1), 5)), session.Start(new(Prompt, SeedTree.Root(1), 5)));
        session.Release(released);

        Assert.Contains("released", Assert.Throws<ArgumentException>(() => session.Decode([released], 1)).Message, StringComparison.Ordinal);
        Assert.Contains("twice", Assert.Throws<ArgumentException>(() => session.Decode([branch, branch], 1)).Message, StringComparison.Ordinal);
        generator.Begin(new());
        Assert.Contains("another session", Assert.Throws<InvalidOperationException>(() => session.Decode([branch], 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_AfterTheModelLearned_IsRefused()
    {
        var model = ModelKinds.Make("gpt2");
        var session = new Generator(model).Begin(new());
        var branch = session.Start(new(Prompt, SeedTree.Root(1), 5));
        using (Step.Begin()) new Sgd(model.Parameters, 0.1).Descend(model.Forward(new([new(new[] { 1 }, new[] { 2 })])).LogProbability.Mean());

        Assert.Contains("learned", Assert.Throws<InvalidOperationException>(() => session.Decode([branch], 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_Grammar_DrawsLegalTokensWithTheMaskedForwardsBits()
    {
        var model = ModelKinds.Make("gpt2");
        var session = new Generator(model).Begin(new() { Temperature = 1.3f });
        var branches = Enumerable.Range(0, 6).Select(i => session.Start(new(Prompt, SeedTree.Root(i), 12) { Grammar = i % 2 == 0 ? new Rising(23) : null })).ToArray();
        session.Decode(branches, 8);
        var fork = session.Fork(branches[0], SeedTree.Root(50));
        session.Truncate(fork, 3);
        session.Decode([.. branches, fork], 10);

        GenerationBranch[] all = [.. branches, fork];
        var batch = new SequenceBatch([.. all.Select(branch => new TokenSequence(branch.Prompt.ToArray(), branch.Response.ToArray()))]);
        using var step = Step.Begin(gradient: Gradient.None);
        var legal = Mask.From(GrammarMasks.Of(batch, [.. all.Select(branch => branch.Request.Grammar)], 23), batch.Actions, 23);
        var scores = new float[batch.Actions];
        model.Forward(batch, 1.3f, legal).LogProbability.CopyTo(scores);
        Assert.Equal(GeneratorTests.Bits(scores), GeneratorTests.Bits(all.SelectMany(branch => branch.LogProbabilities.ToArray())));
        foreach (var branch in all.Where(branch => branch.Request.Grammar is not null))
            for (var i = 1; i < branch.ResponseLength; i++) Assert.InRange((branch.Response[i] - branch.Response[i - 1] + 23) % 23, 1, 2);
    }

    [Fact]
    public void Decode_GrammarThatAllowsNothing_SaysSo()
    {
        var session = new Generator(ModelKinds.Make("gpt2")).Begin(new());
        var branch = session.Start(new(Prompt, SeedTree.Root(1), 5) { Grammar = new Rising(0) });

        Assert.Contains("allows no token after 0", Assert.Throws<InvalidOperationException>(() => session.Decode([branch], 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_StopTextAcrossTokens_EndsWithTheTokenThatCompletesIt()
    {
        var tokenizer = new CharacterTokenizer("abcdefgh");
        var model = new LanguageModel(LanguageModelConfig.Nano(tokenizer.VocabularySize), SeedTree.Root(1));
        var session = new Generator(model, tokenizer).Begin(new());
        var branches = Enumerable.Range(0, 40).Select(i => session.Start(new(tokenizer.Encode("a"), SeedTree.Root(i), 60) { StopTexts = ["bcd", "ha"] })).ToArray();

        session.Decode(branches, 60);

        var stopped = branches.Where(branch => branch.Finish == FinishReason.Stopped).Select(branch => tokenizer.Decode(branch.Response)).ToArray();
        Assert.Contains(stopped, text => text.EndsWith("ha", StringComparison.Ordinal));
        Assert.All(stopped, text => Assert.False(text[..^1].Contains("ha", StringComparison.Ordinal) || text[..^1].Contains("bcd", StringComparison.Ordinal)));
        Assert.All(branches.Where(branch => branch.Finish == FinishReason.Length), branch => Assert.DoesNotContain("ha", tokenizer.Decode(branch.Response), StringComparison.Ordinal));
        Assert.Throws<ArgumentException>(() => new Generator(model).Begin(new()).Start(branches[0].Request));
    }

    private static void AssertForward(LanguageModel model, IReadOnlyList<GenerationBranch> branches)
    {
        var batch = new SequenceBatch([.. branches.Select(branch => new TokenSequence(branch.Prompt.ToArray(), branch.Response.ToArray()))]);
        using var step = Step.Begin(gradient: Gradient.None);
        var scores = new float[batch.Actions];
        model.Forward(batch).LogProbability.CopyTo(scores);
        Assert.Equal(GeneratorTests.Bits(scores), GeneratorTests.Bits(branches.SelectMany(branch => branch.LogProbabilities.ToArray())));
    }

    /// <summary>Each token is the one before plus one or plus two; the vocabulary is a circle.</summary>
    private sealed class Rising(int tokens) : IGrammar
    {
        private int _last = -1;

        public void WriteLegal(Span<bool> legal)
        {
            if (tokens == 0) return;
            if (_last < 0) legal[..tokens].Fill(true);
            else (legal[(_last + 1) % tokens], legal[(_last + 2) % tokens]) = (true, true);
        }

        public void Accept(int token) => _last = token;

        public IGrammar Fork() => new Rising(tokens) { _last = _last };
    }
}
