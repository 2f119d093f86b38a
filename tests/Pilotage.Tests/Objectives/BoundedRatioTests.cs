using Pilotage.Credit;
using Pilotage.Objectives;
using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Objectives;

public sealed class BoundedRatioTests
{
    [Theory]
    [InlineData(0f, 1f)]                   // at the median: stay
    [InlineData(30f, 1.3f)]
    [InlineData(-30f, 0.7f)]
    [InlineData(1e30f, 1.3f)]              // any temperature: held, not infinite
    [InlineData(-1e30f, 0.7f)]
    [InlineData(1f, 1.1386351f)]           // 0.7 + 0.6 / (1 + 1/e)
    public void Target_OfAScore_IsTheFermiDiracRatio(float score, float expected)
    {
        using var step = Step.Begin();
        Assert.Equal(expected, BoundedRatio.Target(Tensor.From([score], 1), 0.3f, 0.3f).Item(), 1e-6f);
    }

    [Fact]
    public void Target_AsymmetricBand_ReachesItsOwnEnds()
    {
        using var step = Step.Begin();
        Assert.Equal(1.5f, BoundedRatio.Target(Tensor.From([40f], 1), 0.2f, 0.5f).Item(), 1e-6f);
        Assert.Equal(0.8f, BoundedRatio.Target(Tensor.From([-40f], 1), 0.2f, 0.5f).Item(), 1e-6f);
    }

    [Theory]
    [InlineData(0.9f, 1.2f, 2f, -2f)]      // below the target: raised
    [InlineData(1.3f, 1.2f, 2f, 2f)]       // beyond it: pulled back, where the clipped objective's slope is 0
    [InlineData(0.9f, 0.8f, -3f, 3f)]      // above a low target: lowered
    [InlineData(0.7f, 0.8f, -3f, -3f)]     // beyond it: pulled back up
    public void WeightedVariation_SlopeInTheRatio_IsTheAdvantageTowardsTheTarget(float ratio, float target, float advantage, float slope)
    {
        Assert.Equal(slope, SlopeOf(x => BoundedRatio.WeightedVariation(x, Constant(target), Constant(advantage)).Mean(), ratio), 1e-5f);
        Assert.Equal(Math.Sign(slope), SlopeOf(x => BoundedRatio.Variation(x, Constant(target)).Mean(), ratio), 1e-5f);
    }

    [Theory]
    [InlineData(2f, 1.2f)]
    [InlineData(-2f, 0.8f)]
    public void WeightedVariation_AtRatioOne_HasTheGradientOfTheClippedObjectiveWhereTheSignsAgree(float advantage, float target)
    {
        var bounded = SlopeOf(x => BoundedRatio.WeightedVariation(x, Constant(target), Constant(advantage)).Mean(), 1);
        var clipped = SlopeOf(x => Surrogate.Clipped(x.Log(), Constant(advantage), 0.2f), 1);
        Assert.Equal(-advantage, bounded, 1e-5f);
        Assert.Equal(clipped, bounded, 1e-5f);
    }

    [Theory]
    [InlineData(2f, 1.25f)]
    [InlineData(-2f, 0.75f)]
    public void Clipped_BeyondTheBand_HasNoSlopeWhereBoundedRatioPullsBack(float advantage, float ratio)
    {
        Assert.Equal(0, SlopeOf(x => Surrogate.Clipped(x.Log(), Constant(advantage), 0.2f), ratio));
        Assert.Equal(advantage, SlopeOf(x => BoundedRatio.WeightedVariation(x, Constant(advantage > 0 ? 1.2f : 0.8f), Constant(advantage)).Mean(), ratio), 1e-5f);
    }

    [Fact]
    public void Divergence_IsLeastAndZeroAtTheTarget()
    {
        using var step = Step.Begin();
        float At(float ratio) => BoundedRatio.Divergence(Tensor.From([MathF.Log(ratio)], 1), Tensor.From([1.2f], 1)).Item();
        Assert.Equal(0, At(1.2f), 1e-6f);
        Assert.Equal(1.2f * MathF.Log(1.2f) - 0.2f, At(1), 1e-6f);
        Assert.True(At(1.1f) > 0 && At(1.3f) > 0);
    }

    [Fact]
    public void Centre_AtZero_IsLnTwoAndEven()
    {
        using var step = Step.Begin();
        float At(float error) => BoundedRatio.Centre(Tensor.From([error], 1), 0.5f).Item();
        Assert.Equal(MathF.Log(2), At(0), 1e-6f);
        foreach (var error in new[] { 0.3f, 1.7f, 12f }) Assert.Equal(At(error), At(-error), 1e-5f);
    }

    [Fact]
    public void Centre_Share_IsTheMassAboveTheMinimum()
    {
        // d/du mean g(q - u) = share - mean sigmoid(q - u): 0 at the centre whose sigmoids have that mean.
        double[] values = [1, 2, 3, 10];
        var (low, high) = (-10.0, 20.0);
        for (var i = 0; i < 100; i++)
        {
            var middle = (low + high) / 2;
            if (values.Average(q => 1 / (1 + Math.Exp(middle - q))) > 0.2) low = middle;
            else high = middle;
        }
        Assert.Equal(0, SlopeOf(u => BoundedRatio.Centre(Tensor.From([1, 2, 3, 10], 4) - u, 0.2f).Mean(), (float)low), 1e-5f);
    }

    [Fact]
    public void OutsideShare_CountsBothSides()
    {
        using var step = Step.Begin();
        Assert.Equal(0.5f, BoundedRatio.OutsideShare(Tensor.From([0.7f, 0.85f, 1.45f, 1.6f], 4), 0.2f, 0.5f).Item());
    }

    [Fact]
    public void Losses_Batch_AgreeWithTheReference()
    {
        var inputs = new OracleInputs(7, 0.5, 1.5, new Shape(33), new Shape(33), new Shape(33));
        Oracle.Check(() => BoundedRatio.WeightedVariation(inputs[0], BoundedRatio.Target((inputs[1] - 1f) * 4f, 0.3f, 0.4f).Detach(), (inputs[2] - 1f).Detach()).Mean(), inputs.Parameters);
        Oracle.Check(() => BoundedRatio.Divergence(inputs[0].Log(), inputs[1].Detach()).Mean(), inputs.Parameters);
        Oracle.Check(() => BoundedRatio.Centre(inputs[0] * 5f - inputs[1], 0.3f).Mean(), inputs.Parameters);
    }

    [Fact]
    public void Group_ThreeOfEightRight_RaisesThemAndLeavesTheMajority()
    {
        // The median is the majority's reward: those who have it keep ratio 1 exactly, not 1 - epsilon.
        var targets = GroupTargets([1, 1, 1, 0, 0, 0, 0, 0], out var advantages);
        Assert.Equal([1.3f, 1.3f, 1.3f, 1, 1, 1, 1, 1], targets, new Near(1e-6f));
        Assert.Equal(1.207612f, advantages[0], 1e-6f);
        Assert.Equal(-0.724567f, advantages[7], 1e-6f);
    }

    [Fact]
    public void Group_HalfRight_MovesAllToTheEndsOfTheBand() =>
        Assert.Equal([1.3f, 1.3f, 1.3f, 1.3f, 0.7f, 0.7f, 0.7f, 0.7f], GroupTargets([1, 1, 1, 1, 0, 0, 0, 0], out _), new Near(1e-6f));

    [Fact]
    public void Group_EqualRewards_HasNoLossAndNoGradient()
    {
        GroupTargets([1, 1, 1, 1], out var advantages);
        Assert.Equal(0, SlopeOf(x => BoundedRatio.WeightedVariation(x, Constant(1), Tensor.From(advantages, 4)).Mean(), 1.4f));
    }

    private static float[] GroupTargets(float[] rewards, out float[] advantages)
    {
        var scores = new float[rewards.Length];
        advantages = new float[rewards.Length];
        GroupScores.Standardize(rewards, advantages);
        GroupScores.AroundMedian(rewards, 1e-4, scores);
        using var step = Step.Begin();
        var targets = new float[rewards.Length];
        BoundedRatio.Target(Tensor.From(scores, scores.Length), 0.3f, 0.3f).CopyTo(targets);
        return targets;
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

    private sealed class Near(float tolerance) : IEqualityComparer<float>
    {
        public bool Equals(float x, float y) => Math.Abs(x - y) <= tolerance;

        public int GetHashCode(float obj) => 0;
    }
}
