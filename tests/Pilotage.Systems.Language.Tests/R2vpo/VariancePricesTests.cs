using Pilotage.Language.Groups;
using Pilotage.Systems.Language.R2vpo;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Systems.Language.Tests.R2vpo;

public sealed class VariancePricesTests
{
    // Two tokens of a fresh answer, one of a stale one of age 2.
    private static readonly TokenBatch Batch = new(
    [
        new TokenRow(new[] { 0 }, new[] { 1, 2 }, [0, 0], [1, 1]) { Age = 0 },
        new TokenRow(new[] { 0 }, new[] { 1 }, [0], [-1]) { Age = 2, Group = 1 },
    ]);

    private static VariancePrices Measured(ConstraintScope scope, float[] ratios)
    {
        var prices = new VariancePrices(new() { Bound = 0.04, InitialMultiplier = 1, MultiplierRate = 0.5, Scope = scope }, maximumAge: 2);
        using var step = Step.Begin(gradient: Gradient.None);
        prices.Measure(Tensor.From(ratios, 3), Batch);
        prices.Ascend();
        return prices;
    }

    [Fact]
    public void Ascend_Global_IsTheMeanOverAllTokens() => Assert.Equal(1 + 0.5 * ((0.01 + 0.09 + 0.25) / 3 - 0.04), Measured(ConstraintScope.Global, [1.1f, 0.7f, 1.5f]).Values.Single(), 1e-6);

    [Fact]
    public void Ascend_PerAge_IsTheMeanOverItsOwnTokensAndRestsWhereThereAreNone()
    {
        var values = Measured(ConstraintScope.PerAge, [1.1f, 0.7f, 1.5f]).Values;
        Assert.Equal(1 + 0.5 * (0.05 - 0.04), values[0], 1e-6);
        Assert.Equal(1, values[1]);                                                       // no sample of age 1
        Assert.Equal(1 + 0.5 * (0.25 - 0.04), values[2], 1e-6);
    }

    [Fact]
    public void Of_PerAge_GivesEveryTokenItsAgesMultiplier()
    {
        var prices = Measured(ConstraintScope.PerAge, [1.1f, 0.7f, 1.5f]);
        using var step = Step.Begin(gradient: Gradient.None);
        var multipliers = new float[3];
        prices.Of(Batch).CopyTo(multipliers);
        Assert.Equal([(float)prices.Values[0], (float)prices.Values[0], (float)prices.Values[2]], multipliers);
    }

    [Fact]
    public void Take_ExtremeRatio_IsToldBesideARobustVariance()
    {
        var figures = Measured(ConstraintScope.Global, [1, 1, 101]).Take().ToDictionary();
        Assert.Equal(10_000 / 3.0, figures["constrained_variance"], 0.1);
        Assert.Equal(27, figures["robust_variance"], 1e-3);
        Assert.Equal(101, figures["largest_ratio"]);
        Assert.Equal(1, figures["weight_age_0"], 1e-6);                                   // at ratio 1 the pull is the advantage
        Assert.Equal(101 * (1 + 2 * 100), figures["weight_age_2"], 1);                    // r (A - 2 lambda (r - 1)) against A = -1: down, and far
        Assert.False(figures.ContainsKey("weight_age_1"));
    }
}
