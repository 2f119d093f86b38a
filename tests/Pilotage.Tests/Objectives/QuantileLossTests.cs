using Pilotage.Objectives;
using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Objectives;

public sealed class QuantileLossTests
{
    [Fact]
    public void Midpoints_Four_AreTheMiddlesOfEqualShares()
    {
        using var step = Step.Begin();
        var midpoints = new float[4];
        QuantileLoss.Midpoints(4).CopyTo(midpoints);

        Assert.Equal([0.125f, 0.375f, 0.625f, 0.875f], midpoints);
    }

    [Theory]
    [InlineData(0.5f, 1f, 0.75f * 0.125f)]             // one target above: the quantile at 3/4 is pulled up by 3/4, quadratic inside kappa
    [InlineData(-0.5f, 1f, 0.25f * 0.125f)]            // below: pulled down by 1/4
    [InlineData(3f, 1f, 0.75f * 2.5f)]                 // linear outside: kappa (|u| - kappa / 2)
    [InlineData(-3f, 1f, 0.25f * 2.5f)]
    [InlineData(3f, 2f, 0.75f * 2f)]                   // kappa 2: 2 (3 - 1) / 2
    [InlineData(3f, 0f, 0.75f * 3f)]                   // kappa 0: quantile regression
    public void Huber_OneTarget_IsTheCaseWrittenByHand(float target, float threshold, float upper)
    {
        using var step = Step.Begin();
        // Two quantiles, at 1/4 and 3/4. The lower one stands on the target, so that only the upper one, at 0, has a loss.
        var loss = QuantileLoss.Huber(Tensor.From([target, 0], 1, 2), Tensor.From([target], 1, 1), threshold);

        Assert.Equal(upper, loss.Item(), 1e-6f);
    }

    [Fact]
    public void UpperEnds_Four_AreTheUpperEndsOfEqualShares()
    {
        using var step = Step.Begin();
        var ends = new float[4];
        QuantileLoss.UpperEnds(4).CopyTo(ends);

        Assert.Equal([0.25f, 0.5f, 0.75f, 1], ends);
    }

    [Fact]
    public void HuberAt_QuantilesOnTheirTarget_IsZero()
    {
        using var step = Step.Begin();
        var loss = QuantileLoss.HuberAt(QuantileLoss.UpperEnds(50), Tensor.Filled(3, 2, 50), Tensor.Filled(3, 2, 50));

        Assert.Equal(0, loss.Sum().Item());
    }

    [Theory]
    [InlineData(1f, 0.5f * (0.5f + 1))]                // both are pulled up, with weights 1/2 and 1
    [InlineData(-1f, 0.5f * (0.5f + 0))]               // nothing pulls the last one down
    public void HuberAt_UpperEnds_IsTheCaseWrittenByHand(float target, float expected)
    {
        using var step = Step.Begin();
        Assert.Equal(expected, QuantileLoss.HuberAt(QuantileLoss.UpperEnds(2), Tensor.From([0, 0], 1, 2), Tensor.From([target], 1, 1)).Item(), 1e-6f);
    }

    [Fact]
    public void HuberAt_Batch_AgreesWithTheReference()
    {
        var inputs = new OracleInputs(5, -3, 3, new Shape(6, 5), new Shape(6, 7));
        Oracle.Check(() => QuantileLoss.HuberAt(QuantileLoss.UpperEnds(5), inputs[0], inputs[1]), inputs.Parameters);
    }

    [Fact]
    public void HuberAt_LevelsDoNotFit_IsRefused()
    {
        using var step = Step.Begin();
        Assert.Throws<ArgumentException>(() => QuantileLoss.HuberAt(QuantileLoss.UpperEnds(4), Tensor.Filled(0, 2, 3), Tensor.Filled(0, 2, 3)));
    }

    [Fact]
    public void Huber_SeveralTargets_IsTheMeanOverThemAndTheSumOverQuantiles()
    {
        using var step = Step.Begin();
        var loss = QuantileLoss.Huber(Tensor.From([0, 0], 1, 2), Tensor.From([2, -2, 4, 0], 1, 4));

        // Linear losses 1.5, 1.5, 3.5, 0. At 1/4: (1.5/4 + 1.5 3/4 + 3.5/4) / 4; at 3/4: (1.5 3/4 + 1.5/4 + 3.5 3/4) / 4.
        Assert.Equal((1.5f / 4 + 1.5f * 3 / 4 + 3.5f / 4 + 1.5f * 3 / 4 + 1.5f / 4 + 3.5f * 3 / 4) / 4, loss.Item(), 1e-6f);
    }

    [Fact]
    public void Huber_KappaZero_HasItsMinimumAtTheQuantiles()
    {
        // Of the targets 0, 1, …, 9, the quantiles at 1/4 and 3/4 lie at 2 and 7: at them the one-sided slopes have both signs.
        var targets = Enumerable.Range(0, 10).Select(i => (float)i).ToArray();
        float LossAt(float low, float high)
        {
            using var step = Step.Begin();
            return QuantileLoss.Huber(Tensor.From([low, high], 1, 2), Tensor.From(targets, 1, 10), threshold: 0).Item();
        }

        Assert.True(LossAt(2, 7) < LossAt(1.9f, 7));
        Assert.True(LossAt(2, 7) < LossAt(2.1f, 7));
        Assert.True(LossAt(2, 7) < LossAt(2, 6.9f));
        Assert.True(LossAt(2, 7) < LossAt(2, 7.1f));
    }

    [Fact]
    public void Huber_Batch_AgreesWithTheReference()
    {
        var inputs = new OracleInputs(5, -3, 3, new Shape(6, 5), new Shape(6, 7));
        Oracle.Check(() => QuantileLoss.Huber(inputs[0], inputs[1]), inputs.Parameters);
        Oracle.Check(() => QuantileLoss.Huber(inputs[0], inputs[1], threshold: 0.5f), inputs.Parameters);
        Oracle.Check(() => QuantileLoss.Huber(inputs[0], inputs[1], threshold: 0), inputs.Parameters);
    }

    [Fact]
    public void Huber_WrongShapesOrThreshold_IsRefused()
    {
        using var step = Step.Begin();
        Assert.Throws<ArgumentException>(() => QuantileLoss.Huber(Tensor.Filled(0, 2, 3), Tensor.Filled(0, 3, 3)));
        Assert.Throws<ArgumentException>(() => QuantileLoss.Huber(Tensor.Filled(0, 2, 3), Tensor.Filled(0, 2, 3), -1));
    }
}
