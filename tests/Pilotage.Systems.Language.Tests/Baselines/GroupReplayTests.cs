using System.Buffers;
using Pilotage.Language.Algorithms;
using Pilotage.Language.Models;
using Pilotage.Systems.Language.Baselines;
using Pilotage.Systems.Language.MiniLab;
using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Systems.Language.Tests.Baselines;

public sealed class GroupReplayTests
{
    private static readonly GroupBatchConfig Small = new() { Prompts = 4, GroupSize = 4, Epochs = 2, Minibatches = 2, LearningRate = 1e-2, TokenBudget = 40 };

    private static GroupReplay Make(TokenTerms terms, ReplayConfig replay, LanguageModel model) => new(terms, Small, replay, model, new LetterTask().Sampler(model), new LetterTask().Stream(), SeedTree.Root(1));

    [Theory]
    [InlineData(1f, 1.21f, 0f)]                           // raised beyond the clip: rests
    [InlineData(1f, 0.5f, -1f)]
    [InlineData(-1f, 0.79f, 0f)]
    [InlineData(-1f, 3f, 1f)]                             // not weighted by the ratio
    public void OneSided_SlopeInLogPi_IsTheMaskedAdvantage(float advantage, float ratio, float slope) => Assert.Equal(slope, SlopeOf(GroupReplay.OneSided(0.2f), advantage, ratio), 1e-6f);

    [Theory]
    [InlineData(1f, 1.1f, -1.1f)]
    [InlineData(1f, 1.3f, 0f)]
    [InlineData(1f, 0.7f, 0f)]                            // thrown away on either side, whatever the advantage
    [InlineData(-1f, 1.3f, 0f)]
    public void Discarding_SlopeInLogPi_IsTheWeightedAdvantageNearOneAlone(float advantage, float ratio, float slope) => Assert.Equal(slope, SlopeOf(GroupReplay.Discarding(0.2f), advantage, ratio), 1e-6f);

    [Fact]
    public void SaveLoad_BetweenSteps_ContinuesBitForBit()
    {
        var (terms, replay, token) = (GroupReplay.Clipped(0.2f, 0.28f), new ReplayConfig { Share = 0.5 }, TestContext.Current.CancellationToken);
        var straight = Make(terms, replay, LetterTask.Model());
        for (var step = 0; step < 3; step++) straight.Iterate(token);
        var bytes = new ArrayBufferWriter<byte>();
        straight.Save(bytes);
        var resumed = Make(terms, replay, LetterTask.Model(77));
        var reader = new SequenceReader<byte>(new(bytes.WrittenMemory));
        resumed.Load(ref reader);
        Assert.True(reader.End);
        straight.Iterate(token);
        resumed.Iterate(token);
        Assert.Equal(straight.Model.Parameters.Values, resumed.Model.Parameters.Values);
        Assert.Equal(straight.Diagnostics, resumed.Diagnostics);
    }

    [Fact]
    public void Recorded_Figures_AreThoseOfEveryStep()
    {
        var learner = new RecordedLearner(Make(GroupReplay.Clipped(0.2f, 0.2f), new(), LetterTask.Model()));
        var rewards = new List<double>();
        for (var step = 0; step < 3; step++)
        {
            learner.Iterate(TestContext.Current.CancellationToken);
            rewards.Add(learner.Diagnostics.Single(figure => figure.Key == "reward").Value);
        }
        Assert.Equal(rewards, learner.History("reward"));
        Assert.Empty(learner.History("nothing"));
        Assert.Equal(["letters/000001", "letters/000002", "letters/000003"], learner.Curves("letters", ["reward", "nothing"]).Select(point => point.Instance));
    }

    private static float SlopeOf(TokenTerms terms, float advantage, float ratio)
    {
        var inputs = new OracleInputs(1, new Shape(1));
        inputs.Parameters.All[0].Values[0] = MathF.Log(ratio);
        using var step = Step.Begin();
        new Sgd(inputs.Parameters, 1e-3).Descend(terms(inputs[0], inputs[0], Tensor.From([advantage], 1)).Mean());
        return inputs.Parameters.All[0].Gradient[0];
    }
}
