using Pilotage.Evaluation;
using Pilotage.Systems.Operations.Hdpo;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.Hdpo.Study;

public class RecordClaimsTests
{
    private const int Seeds = 8, Products = 30;

    private static Verdict Judge(string claim, Func<int, int, double> network, Func<int, int, double>? rivals = null)
    {
        var results = new StudyResults();
        foreach (var arm in new[] { RecordArms.Ratio, RecordArms.Fixed, RecordArms.Transformed, RecordArms.JustInTime, RecordArms.DataDriven })
            for (var seed = 0; seed < (arm == RecordArms.JustInTime ? 1 : Seeds); seed++)
                results.Add(arm, seed, [.. Enumerable.Range(0, Products).Select(product => new Measurement(RecordArms.Profit, $"records/product-{product}",
                    arm == RecordArms.JustInTime ? 9 : arm == RecordArms.DataDriven ? network(seed, product) : rivals?.Invoke(seed, product) ?? 6))]);
        return JudgedClaim.Of(RecordClaims.All(Products).Single(c => c.Id == claim), results, Scale.Laptop).Verdict;
    }

    private static Func<int, int, double> Shifted(double shift, double noise) => (seed, product) => 6 + shift + noise * (seed % 2 == 0 ? 1.01 : -1) + noise * (product % 3 - 1);

    [Theory]
    [InlineData(0.3, 0.05, Verdict.Reproduced)]
    [InlineData(-0.3, 0.05, Verdict.NotReproduced)]
    [InlineData(0.01, 0.3, Verdict.Inconclusive)]
    public void ClaimsF_NetworkShifted_GetTheVerdictOfTheShift(double shift, double noise, Verdict expected)
    {
        foreach (var rival in new[] { RecordArms.Ratio, RecordArms.Fixed, RecordArms.Transformed }) Assert.Equal(expected, Judge($"f-{rival}", Shifted(shift, noise)));
    }

    [Fact]
    public void ClaimsF_BetterOnAFewProductsOnly_IsNotReproduced() => Assert.NotEqual(Verdict.Reproduced, Judge($"f-{RecordArms.Ratio}", (seed, product) => product < 2 ? 9 : 5.99));

    [Fact]
    public void ClaimFBound_AnyPolicyAboveTheBoundOnOneProduct_Fails()
    {
        Assert.Equal(Verdict.Reproduced, Judge("f-bound", Shifted(0.3, 0.05)));
        Assert.Equal(Verdict.NotReproduced, Judge("f-bound", (seed, product) => seed == 3 && product == 7 ? 9.01 : 6));
        Assert.Equal(Verdict.NotReproduced, Judge("f-bound", Shifted(0, 0), (seed, product) => seed == 3 && product == 7 ? 9.01 : 6));
    }
}
