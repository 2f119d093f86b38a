using System.Buffers;
using Pilotage.Language.Algorithms;
using Pilotage.Language.Generation;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Language.Tasks;
using Pilotage.Systems.Language.LpReg;
using Pilotage.Systems.Language.LpReg.Baselines;
using Pilotage.Systems.Language.LpReg.Spark;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Systems.Language.Tests.LpReg;

public sealed class LpRegTests
{
    private static readonly SparkCountdownTask Task = new(new());
    private static readonly LpRegConfig Config = new() { Share = 0.2 };
    private static readonly GroupBatchConfig Batch = new() { Prompts = 4, GroupSize = 6, Minibatches = 2, LearningRate = 1e-2 };

    public static TheoryData<LpRegForm, LpRegFilter, LpRegDivergence> Kinds => new()
    {
        { LpRegForm.Repo, LpRegFilter.MinP, LpRegDivergence.K3 },
        { LpRegForm.Paper, LpRegFilter.MinP, LpRegDivergence.Forward },
        { LpRegForm.Paper, LpRegFilter.MinP, LpRegDivergence.Reverse },
        { LpRegForm.Repo, LpRegFilter.Fixed, LpRegDivergence.K3 },
        { LpRegForm.Repo, LpRegFilter.None, LpRegDivergence.K3 },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Iterate_SavedAndLoaded_GoesOnBitForBit(LpRegForm form, LpRegFilter filter, LpRegDivergence divergence)
    {
        var config = Config with { Form = form, Filter = filter, Divergence = divergence };
        var whole = Learner(config);
        for (var i = 0; i < 4; i++) whole.Iterate();
        var first = Learner(config);
        for (var i = 0; i < 2; i++) first.Iterate();
        var state = new ArrayBufferWriter<byte>();
        first.Save(state);

        var second = Learner(config);
        var reader = new SequenceReader<byte>(new(state.WrittenMemory));
        second.Load(ref reader);
        for (var i = 0; i < 2; i++) second.Iterate();

        Assert.True(reader.End);
        Assert.Equal(Hash(whole), Hash(second));
        Assert.Equal(whole.Diagnostics, second.Diagnostics);
    }

    [Fact]
    public void Iterate_WeightOfZero_IsClippedPolicyGradientAlone()
    {
        var learner = Learner(Config with { Weight = 0 });
        var plain = Baseline(TokenLosses.Clipped(1, 9));
        for (var i = 0; i < 3; i++)
        {
            plain.Iterate();
            learner.Iterate();
        }

        Assert.Equal(Hash(plain), Hash(learner));
    }

    [Fact]
    public void Iterate_OneUpdateAStepWithoutFilter_ProtectsNothing()
    {
        // Proxy and policy are the same numbers then, so none is below the other: the settings refuse it.
        var (config, once) = (Config with { Filter = LpRegFilter.None }, Batch with { Minibatches = 1 });
        var learner = Learner(config, once);

        learner.Iterate();

        Assert.Equal(0, Figure(learner, "protected_share"));
        Assert.NotEmpty(config.ProblemsWith(once));
        Assert.Empty(config.ProblemsWith(Batch));
        Assert.Empty(Config.ProblemsWith(once));
    }

    [Fact]
    public void Iterate_ManyNegativeTokens_ProtectsSomeAndTellsWhenItCannot()
    {
        var learner = Learner(Config with { Share = 1 });
        var idle = Learner(Config with { Share = 0 });

        learner.Iterate();
        idle.Iterate();

        Assert.InRange(Figure(learner, "protected_share"), 0.001, 1);
        Assert.Equal(0, Figure(idle, "protected_share"));
        Assert.Equal(2, Figure(idle, "updates_without_protection"));
    }

    [Fact]
    public void Iterate_ProtectedTokens_EndLikelierThanWithoutTheRegularisation()
    {
        var (held, free) = (Learner(Config with { Share = 1, Weight = 5 }), Learner(Config with { Share = 1, Weight = 0 }));
        for (var i = 0; i < 6; i++)
        {
            held.Iterate();
            free.Iterate();
        }

        Assert.True(Figure(held, "entropy") > Figure(free, "entropy"), $"{Figure(held, "entropy")} against {Figure(free, "entropy")}");
    }

    private static double Figure(Systems.Language.LpReg.LpReg learner, string name) => learner.Diagnostics.Single(figure => figure.Key == name).Value;

    private static string Hash(ILanguageLearner learner) => ParameterHash.Of(learner.Model.Parameters.Blocks);

    private static LanguageModel Model() => new(LanguageModelConfig.Nano(Task.Tokenizer.VocabularySize) with { Width = 16, Layers = 1, ContextLength = 32 }, SeedTree.Root(2));

    private static Systems.Language.LpReg.LpReg Learner(LpRegConfig config, GroupBatchConfig? batch = null)
    {
        var model = Model();
        return new(config, batch ?? Batch, model, Sampler(model), Problems(), SeedTree.Root(4));
    }

    private static TokenLearner Baseline(TokenLoss loss)
    {
        var model = Model();
        return new(Batch, loss, model, Sampler(model), Problems(), SeedTree.Root(4));
    }

    // Answers with a seven are right here, so that an untaught model has something to learn.
    private static GroupSampler Sampler(LanguageModel model) => new(new Generator(model), new Sevens(), Task.Tokenizer, new(), 12);

    private static ProblemStream Problems() => new(Task.Problems(Split.Train), SeedTree.Root(4).Environments);

    private sealed class Sevens : ITextTask
    {
        public string Name => "sevens";

        public IReadOnlyList<TextProblem> Problems(Split split) => Task.Problems(split);

        public double Verify(TextProblem problem, string response) => response.Contains('7', StringComparison.Ordinal) ? 1 : 0;
    }
}
