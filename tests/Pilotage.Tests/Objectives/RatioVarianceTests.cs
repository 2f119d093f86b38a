using Pilotage.Objectives;
using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Objectives;

public sealed class RatioVarianceTests
{
    [Theory]
    [InlineData(1f, 0.5f, 1f, 1f)]                        // at r = 1: A
    [InlineData(-2f, 7f, 1f, -2f)]
    [InlineData(1f, 0.5f, 2f, 0f)]                        // at r = 1 + A / (2 lambda): nothing
    [InlineData(-1f, 1f, 0.5f, 0f)]
    [InlineData(1f, 0.5f, 3f, -3f)]                       // beyond it: 3 (1 - 2): pulled back
    [InlineData(1f, 0f, 3f, 3f)]                          // no multiplier: importance weighting
    [InlineData(1f, 0.5f, 1.2f, 0.96f)]                   // 1.2 (1 - 0.2): the clipped objective stands still here
    public void Lagrangian_SlopeInLogPi_IsMinusRatioTimesWhatIsLeftOfTheAdvantage(float advantage, float multiplier, float ratio, float factor)
    {
        var slope = SlopeOf(x => RatioVariance.Lagrangian(RatioVariance.Ratio(x), Constant(advantage), multiplier).Mean(), MathF.Log(ratio));
        Assert.Equal(-factor, slope, 2e-6f);
    }

    [Fact]
    public void Clipped_AtItsRadius_StandsStillWhereTheVarianceGoesOn() =>
        Assert.Equal(0, SlopeOf(x => Surrogate.Clipped(x, Constant(1), 0.2f), MathF.Log(1.2001f)));

    [Fact]
    public void SquaredDeviation_FreshSamples_IsZeroWithoutGradient()
    {
        Assert.Equal(0, SlopeOf(x => RatioVariance.SquaredDeviation(RatioVariance.Ratio(x)).Mean(), 0));
        Assert.Equal(SlopeOf(x => PolicyGradient.Weighted(x, Constant(0.7f)), 0), SlopeOf(x => RatioVariance.Lagrangian(RatioVariance.Ratio(x), Constant(0.7f), 5).Mean(), 0));
    }

    [Theory]
    [InlineData(new[] { 1.2f, 0.8f, 1.2f }, 0.04f)]       // equality only where every ratio is at the radius
    [InlineData(new[] { 1.2f, 0.9f, 1f }, 0.05f / 3)]
    public void SquaredDeviation_RatiosWithinARadius_MeansAtMostItsSquare(float[] ratios, float variance)
    {
        using var step = Step.Begin();
        Assert.Equal(variance, RatioVariance.SquaredDeviation(Tensor.From(ratios, ratios.Length)).Mean().Item(), 1e-6f);
    }

    [Theory]
    [InlineData(1000f)]
    [InlineData(-1000f)]
    public void Lagrangian_RatioBeyondAllBounds_StaysFiniteWithoutGradient(float logRatio)
    {
        using var step = Step.Begin();
        Assert.True(float.IsFinite(RatioVariance.Lagrangian(RatioVariance.Ratio(Constant(logRatio)), Constant(1), 100).Item()));
        Assert.Equal(0, SlopeOf(x => RatioVariance.Lagrangian(RatioVariance.Ratio(x), Constant(1), 1).Mean(), logRatio));
    }

    [Fact]
    public void Lagrangian_Batch_AgreesWithTheReference()
    {
        var inputs = new OracleInputs(3, -0.7, 0.7, new Shape(33), new Shape(33), new Shape(33));
        Oracle.Check(() => RatioVariance.Lagrangian(RatioVariance.Ratio(inputs[0]), inputs[1].Detach(), 0.8f).Mean(), inputs.Parameters);
        Oracle.Check(() => RatioVariance.Lagrangian(RatioVariance.Ratio(inputs[0]), inputs[1].Detach(), inputs[2].Square().Detach()).Mean(), inputs.Parameters);
    }

    [Fact]
    public void Lagrangian_MultiplierForEachElement_IsThatOfItsElement()
    {
        using var step = Step.Begin();
        var (ratio, advantages) = (Tensor.From([1.5f, 0.5f], 2), Tensor.From([1f, -1f], 2));
        var losses = new float[2];
        RatioVariance.Lagrangian(ratio, advantages, Tensor.From([2f, 4f], 2)).CopyTo(losses);
        Assert.Equal([2 * 0.25f - 1.5f, 4 * 0.25f + 0.5f], losses);
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
