using System.Buffers;
using Pilotage.Language.Generation;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Language.Tasks;
using Pilotage.Language.Tasks.Arithmetic;
using Pilotage.Systems.Language.Hbpo;
using Xunit;
using Method = Pilotage.Systems.Language.Hbpo.Hbpo;

namespace Pilotage.Systems.Language.Tests.Hbpo;

public sealed class HbpoTests
{
    private static readonly HbpoConfig Small = new() { Batch = new() { Prompts = 2, GroupSize = 4, LearningRate = 1e-3 }, Budgets = [3, 6], MaximumTokens = 10 };
    private static readonly BudgetedSums Task = new(new SumsSettings { Additions = [1, 2, 3], Splits = new() { Train = 100, Validation = 5, Test = 5 } }, new(Small.BudgetText), Small.MaximumTokens, 0.5);

    [Fact]
    public void Sample_SubgroupsAreToldTheirBudgets_WhichAreNotCounted()
    {
        var model = Model();
        var groups = Sampler(model).Sample([.. Task.Plain.Problems(Split.Train).Take(3)], Small.Budgets, 4, SeedTree.Root(1), 7);

        Assert.Equal(3, groups.Count);
        foreach (var group in groups)
        {
            Assert.Equal(["3", "3", "6", "6"], group.Responses.Select(response => response.Tag));
            Assert.Equal(["<3>", "<3>", "<6>", "<6>"], group.Responses.Select(response => Task.Tokenizer.Decode(response.Lead)));
            Assert.Equal(7, group.Version);
            Assert.All(group.Responses, response => Assert.InRange(response.Tokens.Length, 1, 10));
            Assert.All(group.Responses, response => Assert.Equal(response.Tokens.Length, response.LogProbabilities.Length));
        }
    }

    [Fact]
    public void Sample_LogProbabilities_AreTheForwardsBitForBit_BudgetsIncluded()
    {
        var model = Model();
        var groups = Sampler(model).Sample([.. Task.Plain.Problems(Split.Train).Take(2)], Small.Budgets, 4, SeedTree.Root(1), 0);
        var rows = TokenRow.Of(groups, (_, advantages) => advantages.Clear());
        using var step = Tensors.Step.Begin(gradient: Tensors.Gradient.None);
        var batch = new TokenBatch(rows);
        var logRatio = new float[batch.Sequences.Actions];
        batch.LogRatio(model.Forward(batch.Sequences)).CopyTo(logRatio);
        Assert.All(logRatio, value => Assert.Equal(0, value));
    }

    [Fact]
    public void Sample_AnAnswerThatIsCutOff_IsWrong()
    {
        // Whatever is answered is right; only the end decides.
        var sampler = new BudgetSampler(new Generator(Model()), new AnythingGoes(), Task.Tokenizer, new(), 3, new("<{budget}>"));
        var responses = sampler.Sample([.. Task.Plain.Problems(Split.Train).Take(40)], null, 2, SeedTree.Root(1), 0).SelectMany(group => group.Responses).ToArray();
        Assert.Contains(responses, response => response.Reason == FinishReason.Ended);
        Assert.All(responses, response => Assert.Equal(response.Reason == FinishReason.Ended ? 1 : 0, response.Reward));
        Assert.All(responses, response => Assert.Empty(response.Lead));
    }

    [Fact]
    public void Iterate_SavedAndLoaded_ContinuesBitForBit()
    {
        foreach (var make in (Func<LanguageModel, IBudgetLearner>[])[model => Learner(Small with { KeepFailedGroups = true }, model), model => Grpo(model)])
        {
            var whole = make(Model());
            for (var i = 0; i < 4; i++) whole.Iterate();
            var begun = make(Model());
            for (var i = 0; i < 2; i++) begun.Iterate();
            var writer = new ArrayBufferWriter<byte>();
            begun.Save(writer);
            var resumed = make(Model());
            var reader = new SequenceReader<byte>(new(writer.WrittenMemory));
            resumed.Load(ref reader);
            Assert.Equal(0, reader.Remaining);
            for (var i = 0; i < 2; i++) resumed.Iterate();
            Assert.Equal(whole.Model.Parameters.Values.ToArray(), resumed.Model.Parameters.Values.ToArray());
            Assert.Equal(4, resumed.Steps);
        }
    }

    [Fact]
    public void Iterate_GroupsWithoutACorrectAnswer_AreLeftOutUnlessAsked()
    {
        var model = Model();
        var before = model.Parameters.Values.ToArray();
        var learner = new Method(Small, model, Never(model), Problems(), SeedTree.Root(5));
        learner.Iterate();
        Assert.Equal(before, model.Parameters.Values.ToArray());
        Assert.Equal(1, learner.Steps);
        new Method(Small with { KeepFailedGroups = true }, model, Never(model), Problems(), SeedTree.Root(5)).Iterate();
        Assert.NotEqual(before, model.Parameters.Values.ToArray());
    }

    [Fact]
    public void Iterate_Diagnostics_TellSubgroupsAndLengths()
    {
        var learner = Learner(Small with { KeepFailedGroups = true }, Model());
        learner.Iterate();
        Assert.Equal(["3", "6"], learner.Subgroups.Select(subgroup => subgroup.Budget));
        var named = learner.Diagnostics.ToDictionary();
        Assert.Equal(named["response_length"], learner.Subgroups.Average(subgroup => subgroup.Length), 1e-9);
        Assert.Equal(1, named["ratio_mean"], 1e-12);
        Assert.True(named["length_deviation"] > 0);
    }

    [Fact]
    public void LengthDeviation_ByHand()
    {
        ResponseGroup Group(params int[] lengths) => new(new("p", "?", "!"), [1], [.. lengths.Select(length => new GroupResponse(new int[length], new float[length], FinishReason.Ended, 0))], 0);
        Assert.Equal((1 + 0) / 2.0, SubgroupFigures.LengthDeviation([Group(2, 4), Group(5, 5)]));
    }

    [Fact]
    public void Learning_ShortBudget_ShortensAnswers()
    {
        // Anything that ends is right: what is left to learn is to end early.
        var config = Small with { Batch = Small.Batch with { Prompts = 4, GroupSize = 8, LearningRate = 5e-3 }, Budgets = [1, 3] };
        var model = Model();
        var learner = new Method(config, model, new(new Generator(model), new AnythingGoes(), Task.Tokenizer, new(), 10, new("<{budget}>")), Problems(), SeedTree.Root(5));
        double Length() => learner.Diagnostics.ToDictionary()["response_length"];
        learner.Iterate();
        var first = Length();
        for (var i = 0; i < 30; i++) learner.Iterate();
        Assert.True(Length() < 0.6 * first, $"{first} to {Length()} tokens");
    }

    [Theory]
    [InlineData("budgets = [24, 12] does not rise")]
    [InlineData("budgets = [12, 12] does not rise")]
    [InlineData("is not below maximumTokens = 64")]
    [InlineData("does not divide into 3 subgroups")]
    [InlineData("budgets is empty")]
    [InlineData("does not say the budget")]
    public void Settings_ThatContradict_AreSaid(string expected)
    {
        HbpoConfig[] wrong = [new() { Budgets = [24, 12] }, new() { Budgets = [12, 12] }, new() { Budgets = [12, 96] }, new() { Budgets = [12, 24, 48] }, new() { Budgets = [] }, new() { BudgetText = "<>" }];
        Assert.Contains(wrong.SelectMany(config => config.Problems()), problem => problem.Contains(expected, StringComparison.Ordinal));
        Assert.Empty(new HbpoConfig().Problems());
        Assert.Empty(new HbpoStudyConfig().Problems());
    }

    private static LanguageModel Model() => new(LanguageModelConfig.Nano(Task.Tokenizer.VocabularySize) with { Width = 16, Layers = 1, ContextLength = 32 }, SeedTree.Root(9));

    private static BudgetSampler Sampler(LanguageModel model) => new(new Generator(model), Task.Plain, Task.Tokenizer, new(), Small.MaximumTokens, new(Small.BudgetText));

    private static BudgetSampler Never(LanguageModel model) => new(new Generator(model), new NothingGoes(), Task.Tokenizer, new(), Small.MaximumTokens, new(Small.BudgetText));

    private static ProblemStream Problems() => new(Task.Plain.Problems(Split.Train), SeedTree.Root(2));

    private static Method Learner(HbpoConfig config, LanguageModel model) => new(config, model, Sampler(model), Problems(), SeedTree.Root(5));

    // Right answers are too rare for a fresh model to learn anything from.
    private static LengthGrpo Grpo(LanguageModel model) => new(LengthReward.Cosine, Small, model, new(new Generator(model), new AnythingGoes(), Task.Tokenizer, new(), Small.MaximumTokens, new(Small.BudgetText)), Problems(), SeedTree.Root(5));

    private sealed class AnythingGoes : ITextTask
    {
        public string Name => "anything";

        public IReadOnlyList<TextProblem> Problems(Split split) => [];

        public double Verify(TextProblem problem, string response) => 1;
    }

    private sealed class NothingGoes : ITextTask
    {
        public string Name => "nothing";

        public IReadOnlyList<TextProblem> Problems(Split split) => [];

        public double Verify(TextProblem problem, string response) => 0;
    }
}
