using Pilotage.Evaluation;
using Pilotage.Evaluation.Statistics;
using Xunit;

namespace Pilotage.Tests.Evaluation;

public sealed class ClaimTests
{
    private static readonly EffectRule Rule = new() { Level = 0.05 };

    [Theory]
    [InlineData(3, Verdict.Reproduced)]
    [InlineData(0, Verdict.Inconclusive)]
    [InlineData(-3, Verdict.NotReproduced)]
    public void Of_SyntheticArms_GivesAllThreeVerdicts(double gap, Verdict expected)
    {
        var claim = Rule.Claim("a", "method above rule", "here", Region.Above(0), (r, rule) => PairedEffect.Of(r, "method", "rule", "return", rule));
        var outcome = StudyRunner.Run(new SyntheticStudy { Arms = [SyntheticStudy.Rule, SyntheticStudy.Method("method", gap)], Claims = [claim] }, new());
        Assert.Equal(expected, outcome.Claims[0].Verdict);
        Assert.Equal("", outcome.Claims[0].Note);
    }

    [Fact]
    public void Of_SmokeScale_GivesNoVerdictButMeasures()
    {
        var claim = Rule.Claim("a", "", "", Region.Above(0), (r, rule) => PairedEffect.Of(r, "method", "rule", "return", rule));
        var study = new SyntheticStudy { Arms = [SyntheticStudy.Rule, SyntheticStudy.Method("method", 3)], Claims = [claim], SeedCount = 1 };
        var judged = StudyRunner.Run(study, new() { Scale = Scale.Smoke }).Claims[0];
        Assert.Equal(Verdict.NotEvaluated, judged.Verdict);
        Assert.Equal("smoke scale gives no verdict; needs laptop scale and 6 seeds", judged.Note);
        Assert.Equal(1, judged.Effect.Units);
    }

    [Fact]
    public void Of_FewerUnitsThanTheMinimum_SaysHowManyItNeeds()
    {
        var claim = (Rule with { Level = 0.01 }).Claim("a", "", "", Region.Above(0), (r, rule) => PairedEffect.Of(r, "method", "rule", "return", rule));
        var study = new SyntheticStudy { Arms = [SyntheticStudy.Rule, SyntheticStudy.Method("method", 3)], Claims = [claim], SeedCount = 4 };
        var judged = StudyRunner.Run(study, new()).Claims[0];
        Assert.Equal(Verdict.NotEvaluated, judged.Verdict);
        Assert.Equal("needs 8 seeds, got 4", judged.Note);
    }

    // The number of instances is known only afterwards: what could not have passed is not evaluated.
    [Fact]
    public void Of_TooFewInstancesForTheLevel_IsNotEvaluated()
    {
        var claim = (Rule with { Unit = Replication.Instance }).Claim(
            "a", "", "", Region.Above(0), (r, rule) => PairedEffect.Of(r, "a", "b", "m", rule), minimumUnits: 2);
        var results = SyntheticStudy.AddTo(SyntheticStudy.Results("a", "m", [[5, 6, 7]]), "b", "m", [1, 1, 1]);
        var judged = JudgedClaim.Of(claim, results, Scale.Laptop);
        Assert.Equal(Verdict.NotEvaluated, judged.Verdict);
        Assert.Equal("needs 6 instances, got 3", judged.Note);
    }

    [Fact]
    public void Of_ClaimThatNamesAMissingArm_SaysWhichClaim()
    {
        var claim = Rule.Claim("b-nasa", "", "", Region.Above(0), (r, rule) => PairedEffect.Of(r, "a", "x", "m", rule));
        Assert.StartsWith("Claim 'b-nasa' cannot be measured: The study has no results of an arm 'x'", Assert.Throws<InvalidOperationException>(
            () => JudgedClaim.Of(claim, SyntheticStudy.Results("a", "m", [[1.0]]), Scale.Laptop)).Message);
    }

    [Fact]
    public void Of_EstimateThatIsNoNumber_StopsTheRun()
    {
        var claim = new Claim("a", "", "", Replication.Seed, _ => new(double.NaN, 0, 1, 8, 0), Region.Above(0));
        Assert.Throws<RunFailedException>(() => JudgedClaim.Of(claim, new(), Scale.Laptop));
    }

    [Theory]
    [InlineData(0.05, 1, Sides.Two, 6)]
    [InlineData(0.01, 1, Sides.Two, 8)]
    [InlineData(0.01, 1, Sides.One, 7)]
    [InlineData(0.01, 3, Sides.Two, 10)]
    [InlineData(0.2, 1, Sides.Two, 5)]                                          // the minimum of five
    public void UnitsNeeded_KnownRule_IsTheFirstThatCanPass(double level, int comparisons, Sides sides, int expected)
    {
        var rule = new EffectRule { Level = level, Comparisons = comparisons, Sides = sides };
        Assert.Equal(expected, rule.Claim("a", "", "", Region.Above(0), (_, _) => default).UnitsNeeded());
    }

    [Fact]
    public void UnitsNeeded_HopelessLevel_IsNone() =>
        Assert.Null(new Claim("a", "", "", Replication.Seed, _ => default, Region.Above(0)) { Level = 0.01, SmallestP = _ => 0.02 }.UnitsNeeded());

    [Fact]
    public void Region_InWords_NamesItsBorders()
    {
        Assert.Equal("above 0.5", Region.Above(0.5).ToString());
        Assert.Equal("below -2", Region.Below(-2).ToString());
        Assert.Equal("between 0.5 and 1.5", Region.Within(1, 0.5).ToString());
    }
}
