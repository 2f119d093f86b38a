using Pilotage.Language.Generation;
using Pilotage.Language.Models;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Language.Tests.Generation;

public sealed class GeneratorTests
{
    public static TheoryData<string> Kinds => [.. ModelKinds.All.Keys];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Generate_RaggedRequests_HasTheBitsOfTheTrainingForward(string kind)
    {
        var model = ModelKinds.Make(kind);
        // 15, 16 and 17 tokens before and behind the borders of pages; several responses to one prompt; prompts that begin alike.
        var requests = Requests(model, 40);

        var completions = new Generator(model) { MaximumRows = 13 }.Generate(requests, new() { Temperature = 0.8f });

        Assert.All(requests.Zip(completions), pair => Assert.True(pair.Second.Tokens.Length > 0));
        Assert.Equal(Bits(Scores(model, requests, completions, 0.8f)), Bits(completions.SelectMany(completion => completion.LogProbabilities)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    [InlineData(16)]
    [InlineData(61)]
    [InlineData(70)]
    public void Generate_AnyNumberOfRows_GivesTheSameResponses(int rows)
    {
        var model = ModelKinds.Make("llama");
        var requests = Requests(model, 70);

        var one = new Generator(model) { MaximumRows = 1 }.Generate(requests, new());
        var many = new Generator(model) { MaximumRows = rows }.Generate(requests, new());

        AssertSame(one, many);
    }

    [Fact]
    public void Generate_RequestAlone_GivesTheResponseThatItGetsInCompany()
    {
        var model = ModelKinds.Make("gpt2");
        var requests = Requests(model, 20);
        var generator = new Generator(model);

        var together = generator.Generate(requests, new() { TopP = 0.9f });

        for (var i = 0; i < requests.Length; i++) AssertSame(generator.Generate([requests[i]], new() { TopP = 0.9f }), [together[i]]);
    }

    [Fact]
    public void Generate_TwoThreads_GivesTheBitsOfOne()
    {
        var requests = Requests(ModelKinds.Make("wide"), 30);

        var one = new Generator(ModelKinds.Make("wide")).Generate(requests, new());
        var two = new Generator(ModelKinds.Make("wide", Device.Processor(2))).Generate(requests, new());

        AssertSame(one, two);
    }

    [Fact]
    public void Generate_AfterTheModelLearned_SeesTheNewWeights()
    {
        var model = ModelKinds.Make("gpt2");
        var requests = Requests(model, 4);
        var generator = new Generator(model);
        generator.Generate(requests, new());

        model.Parameters.All[0].Values[0] += 1;
        model.Parameters.All[^1].Values[0] += 1;

        AssertSame(new Generator(model).Generate(requests, new()), generator.Generate(requests, new()));
    }

    [Fact]
    public void Generate_ContextIsFull_DrawsOneTokenBeyondIt()
    {
        var model = ModelKinds.Make("gpt2");
        var request = new GenerationRequest(new int[78], SeedTree.Root(1), 100);

        var completion = new Generator(model).Generate([request], new())[0];

        Assert.Equal((3, FinishReason.Length), (completion.Tokens.Length, completion.Reason));
    }

    [Fact]
    public void Generate_EndTokenDrawn_EndsThere()
    {
        var model = ModelKinds.Make("narrow vocabulary");
        var requests = Enumerable.Range(0, 30).Select(i => new GenerationRequest(new[] { 1, 2 }, SeedTree.Root(i), 60) { EndToken = 4 }).ToArray();

        var completions = new Generator(model).Generate(requests, new());

        Assert.Contains(completions, completion => completion.Reason == FinishReason.Ended);
        Assert.All(completions, completion =>
        {
            Assert.Equal(completion.Reason == FinishReason.Ended, completion.Tokens[^1] == 4);
            Assert.DoesNotContain(4, completion.Tokens[..^1]);
        });
    }

    [Fact]
    public void Generate_SharedPrompts_CountsWhatItRunsAndWhatItTakesOver()
    {
        var model = ModelKinds.Make("gpt2");
        var prompt = Enumerable.Range(0, 20).ToArray();
        var requests = Enumerable.Range(0, 4).Select(i => new GenerationRequest(prompt, SeedTree.Root(i), 5)).ToArray();
        var generator = new Generator(model);

        generator.Generate(requests, new());

        // The last token of a prompt is run with the first token drawn, so 19 are run before; each of four responses takes them over.
        Assert.Equal((20, 19, 4 * 19), (generator.DecodedTokens, generator.PrefilledTokens, generator.ReusedTokens));
    }

    [Fact]
    public void Generate_PromptsThatBeginAlike_ShareWholePages()
    {
        var model = ModelKinds.Make("gpt2");
        int[] beginning = [.. Enumerable.Range(0, 18)];
        var generator = new Generator(model);

        generator.Generate([new(beginning.Concat([1, 2]).ToArray(), SeedTree.Root(1), 1), new(beginning.Concat([3, 4]).ToArray(), SeedTree.Root(2), 1)], new());

        Assert.Equal((19 + 19 - 16, 16), (generator.PrefilledTokens, generator.ReusedTokens));
    }

    [Fact]
    public void Generate_OtherDevice_AgreesUpToRounding()
    {
        // The planless path of devices that are not the managed one, tried on the managed one.
        var model = ModelKinds.Make("llama");
        var requests = Requests(model, 9);
        var session = new GenerationSession(model, new TapeRunner(model), new(), null);
        var branches = requests.Select(session.Start).ToArray();

        session.Decode(branches, 100);

        var completions = new Generator(model).Generate(requests, new());
        Assert.Equal(completions.SelectMany(completion => completion.Tokens), branches.SelectMany(branch => branch.Response.ToArray()));
        Assert.Equal(Bits(completions.SelectMany(completion => completion.LogProbabilities)), Bits(branches.SelectMany(branch => branch.LogProbabilities.ToArray())));
    }

    [Theory]
    [InlineData(0, 5, "1 to 80")]
    [InlineData(81, 5, "1 to 80")]
    [InlineData(3, 0, "at least 1")]
    public void Generate_RequestThatDoesNotFit_IsRefused(int prompt, int maximum, string message)
    {
        var generator = new Generator(ModelKinds.Make("gpt2"));

        var mistake = Assert.Throws<ArgumentException>(() => generator.Generate([new(new int[prompt], SeedTree.Root(1), maximum)], new()));

        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Generate_TokenOutsideTheVocabulary_IsRefused()
    {
        var generator = new Generator(ModelKinds.Make("gpt2"));

        Assert.Contains("0 to 22", Assert.Throws<ArgumentException>(() => generator.Generate([new(new[] { 23 }, SeedTree.Root(1), 1)], new())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Generate_SteadyState_AllocatesNothingPerToken()
    {
        var model = ModelKinds.Make("gpt2");
        var generator = new Generator(model);
        GenerationRequest[] Of(int tokens) => [.. Enumerable.Range(0, 8).Select(i => new GenerationRequest(new[] { 1, 2, 3 }, SeedTree.Root(i), tokens))];
        var (few, many) = (Of(30), Of(60));
        generator.Generate(many, new());
        generator.Generate(few, new());

        var start = GC.GetAllocatedBytesForCurrentThread();
        generator.Generate(few, new());
        var fewBytes = GC.GetAllocatedBytesForCurrentThread() - start;
        start = GC.GetAllocatedBytesForCurrentThread();
        generator.Generate(many, new());
        var manyBytes = GC.GetAllocatedBytesForCurrentThread() - start;

        // What each of eight responses holds: two numbers a token in the result and room for two while it grows, and its list of pages.
        Assert.True(manyBytes - fewBytes <= 8 * (30 * 4 * sizeof(float) + 100), $"{manyBytes - fewBytes} bytes for 240 tokens");
    }

    internal static GenerationRequest[] Requests(LanguageModel model, int count)
    {
        var random = new Randomness(3);
        var requests = new GenerationRequest[count];
        for (var i = 0; i < count; i++)
        {
            int[] prompt = [.. Enumerable.Range(0, 1 + i % 35).Select(t => (7 * t + i / 35) % model.Config.VocabularySize)];
            if (i % 3 == 1) prompt = requests[i - 1].Prompt.ToArray();
            requests[i] = new(prompt, SeedTree.Root(i), 1 + random.NextInt(40)) { EndToken = i % 2 == 0 ? 3 : null };
        }
        return requests;
    }

    internal static float[] Scores(LanguageModel model, IReadOnlyList<GenerationRequest> requests, IReadOnlyList<Completion> completions, float temperature)
    {
        var batch = new SequenceBatch([.. requests.Zip(completions, (request, completion) => new TokenSequence(request.Prompt, completion.Tokens))]);
        using var step = Step.Begin(gradient: Gradient.None);
        var scores = new float[batch.Actions];
        model.Forward(batch, temperature).LogProbability.CopyTo(scores);
        return scores;
    }

    internal static IEnumerable<uint> Bits(IEnumerable<float> numbers) => numbers.Select(BitConverter.SingleToUInt32Bits);

    private static void AssertSame(IReadOnlyList<Completion> expected, IReadOnlyList<Completion> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        for (var i = 0; i < expected.Count; i++)
        {
            Assert.Equal(expected[i].Tokens, actual[i].Tokens);
            Assert.Equal(Bits(expected[i].LogProbabilities), Bits(actual[i].LogProbabilities));
            Assert.Equal(expected[i].Reason, actual[i].Reason);
        }
    }
}
