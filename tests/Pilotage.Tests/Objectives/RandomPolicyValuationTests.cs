using Pilotage.Objectives;
using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Objectives;

public sealed class RandomPolicyValuationTests
{
    [Fact]
    public void MeanLogProbability_KnownLogits_AreTheMeansOfTheirLogarithms()
    {
        using var step = Step.Begin();
        Assert.Equal(-1.386294f, RandomPolicyValuation.MeanLogProbability(Tensor.From([0, 0, 0, 0], 1, 4)).Item(), 1e-6f);
        Assert.Equal(-0.813262f, RandomPolicyValuation.MeanLogProbability(Tensor.From([1, 0], 1, 2)).Item(), 1e-6f);
        Assert.Equal(-0.813262f, RandomPolicyValuation.MeanLogProbability(Tensor.From([31, 30], 1, 2)).Item(), 1e-5f);      // shifted alike: the same
    }

    [Fact]
    public void MeanLogProbability_MaskedTokens_DoNotCount()
    {
        using var step = Step.Begin();
        var masked = RandomPolicyValuation.MeanLogProbability(Tensor.From([1, 50, 0], 1, 3), Mask.From([true, false, true], 1, 3));
        Assert.Equal(-0.813262f, masked.Item(), 1e-6f);
        Assert.Equal(-1.386294f, RandomPolicyValuation.MeanLogProbability(Tensor.From([0, 0, 0, 0], 1, 4), Mask.From([true, true, true, true], 1, 4)).Item(), 1e-6f);
    }

    [Fact]
    public void AtNext_TwoSequences_GivesTheNextActionsAndNothingBehindTheLast()
    {
        using var step = Step.Begin();
        var next = new float[6];
        RandomPolicyValuation.AtNext(Tensor.From([1, 2, 3, 4, 5, 6], 6), [0, 0, 0, 2, 2, 5]).CopyTo(next);
        Assert.Equal([2, 3, 0, 5, 0, 0], next);
        Assert.Throws<ArgumentException>(() =>
        {
            using var own = Step.Begin();
            RandomPolicyValuation.AtNext(Tensor.From([1, 2], 2), [0, 0, 0]);
        });
    }

    [Theory]
    [InlineData(1f, 1f, 0.5f)]
    [InlineData(0.3f, 2f, -0.25f)]
    public void SquaredResidual_AtTheOldPolicy_IsTheSquaredRewardWithThePolicyGradient(float temperature, float weight, float credit)
    {
        using (Step.Begin(gradient: Gradient.None))
            Assert.Equal(credit * credit, RandomPolicyValuation.SquaredResidual(Constant(0), Constant(credit), Constant(0), temperature, weight).Item(), 1e-7f);
        Assert.Equal(-2 * temperature * credit, SlopeOf(x => RandomPolicyValuation.SquaredResidual(x, Constant(credit), Constant(0), temperature, weight).Mean(), 0), 1e-6f);
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(0.25f)]
    public void SquaredResidual_WithoutSuccessor_IsZeroWhereTheLogRatioIsTheRewardOverTheTemperature(float temperature)
    {
        using var step = Step.Begin();
        Assert.Equal(0, RandomPolicyValuation.SquaredResidual(Constant(0.5f / temperature), Constant(0.5f), Constant(9), temperature, 0).Item(), 1e-12f);
    }

    [Fact]
    public void SquaredResidual_Successor_CountsWithItsWeightAndTheTemperatureAndTakesNoGradient()
    {
        using (Step.Begin(gradient: Gradient.None))
            Assert.Equal(MathF.Pow(2 * 0.3f - (0.5f + 0.5f * 2 * -0.1f), 2), RandomPolicyValuation.SquaredResidual(Constant(0.3f), Constant(0.5f), Constant(-0.1f), 2, 0.5f).Item(), 1e-6f);
        Assert.Equal(0, SlopeOf(x => RandomPolicyValuation.SquaredResidual(Constant(0.3f), Constant(0.5f), x, 2, 0.5f).Mean(), -0.1f));
    }

    [Fact]
    public void Residual_ConstantAddedToAllLogits_ChangesNothing()
    {
        using var step = Step.Begin();
        float Loss(float shift)
        {
            var logits = Tensor.From([0.1f, -0.4f, 0.9f, 0.2f, 0.3f, -1f], 2, 3) + shift;
            var change = RandomPolicyValuation.MeanLogProbability(logits) - Tensor.From([-1.2f, -1.3f], 2);
            var logRatio = logits.LogSoftmax().Gather(Indices.From([0, 2], 2)) - Tensor.From([-1f, -1.1f], 2);
            return RandomPolicyValuation.SquaredResidual(logRatio, Tensor.From([0.5f, 0.5f], 2), RandomPolicyValuation.AtNext(change, [0, 0]), 1, 1).Mean().Item();
        }
        Assert.Equal(Loss(0), Loss(2.5f), 1e-5f);
    }

    [Theory]
    [InlineData(0.4f, 1f, 0f)]                            // raised beyond the radius, the target further up: held
    [InlineData(0.4f, -1f, 2 * (0.4f + 1))]               // raised beyond it, the target below: pulled back
    [InlineData(-0.4f, -1f, 0f)]
    [InlineData(-0.4f, 1f, 2 * (-0.4f - 1))]
    [InlineData(0.1f, 1f, 2 * (0.1f - 1))]                // inside: free
    public void ClippedResidual_OutsideTheRadius_MovesInwardsOnly(float logRatio, float credit, float slope) =>
        Assert.Equal(slope, SlopeOf(x => RandomPolicyValuation.ClippedResidual(x, Constant(credit), Constant(0), 1, 1, 0.2f).Mean(), logRatio), 1e-5f);

    [Fact]
    public void Residual_Batch_AgreesWithTheReference()
    {
        var inputs = new OracleInputs(5, new Shape(6, 4), new Shape(6), new Shape(6));
        int[] rows = [0, 0, 0, 1, 1, 2];
        bool[] legal = [.. Enumerable.Range(0, 24).Select(i => i % 5 != 3)];
        Oracle.Check(() => RandomPolicyValuation.MeanLogProbability(inputs[0]).Mean(), inputs.Parameters);
        Oracle.Check(() => RandomPolicyValuation.MeanLogProbability(inputs[0], Mask.From(legal, 6, 4)).Square().Mean(), inputs.Parameters);
        Oracle.Check(() => RandomPolicyValuation.AtNext(inputs[1].Square(), rows).Mean(), inputs.Parameters);
        Oracle.Check(() => RandomPolicyValuation.SquaredResidual(inputs[1], inputs[2].Detach(), RandomPolicyValuation.AtNext(RandomPolicyValuation.MeanLogProbability(inputs[0]), rows).Detach(), 0.7f, 0.9f).Mean(), inputs.Parameters);
    }

    private static Tensor Constant(float value) => Tensor.From([value], 1);

    private static float SlopeOf(Func<Tensor, Tensor> loss, float at)
    {
        var inputs = new OracleInputs(1, new Shape(1));
        inputs.Parameters.All[0].Values[0] = at;
        using var step = Step.Begin();
        new Sgd(inputs.Parameters, 1e-3).Descend(loss(inputs[0]));
        return inputs.Parameters.All[0].Gradient[0];
    }
}
