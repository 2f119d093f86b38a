using CsCheck;
using Pilotage.Evaluation.Statistics;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Tests.Evaluation.Statistics;

public sealed class MultiplicityTests
{
    // By hand: sorted .005, .01, .03, .04 times 4, 3, 2, 1 = .02, .03, .06, .04; the last may not fall below .06.
    [Fact]
    public void Holm_FourTestsByHand_NeverFallsBelowAnEarlierOne()
    {
        double[] expected = [0.03, 0.06, 0.06, 0.02];
        var adjusted = Multiplicity.Holm([0.01, 0.04, 0.03, 0.005]);
        for (var i = 0; i < 4; i++) Assert.Equal(expected[i], adjusted[i], 1e-15);
    }

    [Fact]
    public void Bonferroni_ThreeTests_MultipliesUpToOne()
    {
        var adjusted = Multiplicity.Bonferroni([0.01, 0.2, 0.5]);
        Assert.Equal(0.03, adjusted[0], 1e-15);
        Assert.Equal(0.6, adjusted[1], 1e-15);
        Assert.Equal(1, adjusted[2]);
    }

    [Fact]
    public void Holm_AnyP_LiesBetweenRawAndBonferroniAndKeepsTheOrder() =>
        Gen.Double[0, 1].Array[1, 12].ForCases(100, p =>
        {
            var (holm, bonferroni) = (Multiplicity.Holm(p), Multiplicity.Bonferroni(p));
            for (var i = 0; i < p.Length; i++)
            {
                Assert.InRange(holm[i], p[i], bonferroni[i]);
                for (var j = 0; j < p.Length; j++) Assert.True(p[i] > p[j] || holm[i] <= holm[j]);
            }
        });
}
