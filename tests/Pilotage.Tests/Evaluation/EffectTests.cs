using CsCheck;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Statistics;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Tests.Evaluation;

public sealed class EffectTests
{
    private static readonly double[][] Learned = [[3, 5], [4, 8], [5, 5], [6, 10], [2, 8], [5, 9], [4, 4], [7, 9]];
    private static readonly StudyResults Results = SyntheticStudy.AddTo(SyntheticStudy.Results("ppo", "return", Learned), "rule", "return", [1, 5]);
    private static readonly EffectRule BySeed = new();

    // Seeds' means 4 6 5 8 5 7 4 8 less the rule's 3: differences 1 3 2 5 2 4 1 5, mean 23/8.
    [Fact]
    public void Paired_BySeed_AveragesInstancesFirst()
    {
        var effect = PairedEffect.Of(Results, "ppo", "rule", "return", BySeed);
        var expected = Inference.OfMean([1, 3, 2, 5, 2, 4, 1, 5], BySeed.Seeds);
        Assert.Equal(23.0 / 8, effect.Estimate);
        Assert.Equal(expected.Bounds(0.025), new Interval(effect.Low, effect.High));
        Assert.Equal(8, effect.Units);
        Assert.Equal(2.0 / 256, effect.SmallestAttainableP);
        Assert.Equal(2.0 / 256, effect.P, 1e-15);
        Assert.Equal("t interval and exact sign-flip test; paired differences, 8 seeds, mean over 2 instances each; two-sided", effect.Test);
    }

    // Per instance over eight seeds: 36/8 - 1 and 58/8 - 5.
    [Fact]
    public void Paired_ByInstance_AveragesSeedsFirst()
    {
        var effect = PairedEffect.Of(Results, "ppo", "rule", "return", BySeed with { Unit = Replication.Instance });
        Assert.Equal((3.5 + 2.25) / 2, effect.Estimate);
        Assert.Equal(2, effect.Units);
        Assert.Contains("2 instances, mean over 8 seeds", effect.Test);
    }

    [Fact]
    public void Paired_SeedThenInstance_IsNoNarrowerThanBySeed()
    {
        var nested = PairedEffect.Of(Results, "ppo", "rule", "return", BySeed with { Unit = Replication.SeedThenInstance });
        var plain = PairedEffect.Of(Results, "ppo", "rule", "return", BySeed);
        Assert.Equal(plain.Estimate, nested.Estimate);
        Assert.True(nested.Low <= plain.Low && nested.High >= plain.High);
        Assert.Contains("hierarchical bootstrap", nested.Test);
        Assert.Contains("8 seeds, then 2 shared instances", nested.Test);
    }

    [Fact]
    public void Paired_SelectedInstances_LeaveTheOthersOut() =>
        Assert.Equal(2.25, PairedEffect.Of(Results, "ppo", "rule", "return", BySeed with { Instances = EffectRule.Under("day-1") }).Estimate);

    [Fact]
    public void Paired_ArmsExchanged_TurnsRound()
    {
        var (there, back) = (PairedEffect.Of(Results, "ppo", "rule", "return", BySeed), PairedEffect.Of(Results, "rule", "ppo", "return", BySeed));
        Assert.Equal(-there.Low, back.High, 1e-12);
        Assert.Equal(-there.High, back.Low, 1e-12);
        Assert.Equal(there.P, back.P, 1e-12);
    }

    [Fact]
    public void Paired_MoreComparisons_AreCorrectedInIntervalAndP()
    {
        var rule = BySeed with { Level = 0.1, Comparisons = 4 };
        var effect = PairedEffect.Of(Results, "ppo", "rule", "return", rule);
        Assert.Equal(0.0125, rule.ErrorPerEnd);
        Assert.Equal(4 * 2.0 / 256, effect.P, 1e-15);
        Assert.Equal(PairedEffect.Of(Results, "ppo", "rule", "return", BySeed with { Level = 0.025 }).Low, effect.Low);
    }

    // The verdict read off the interval is the corrected test's, for any differences, region and rule.
    [Fact]
    public void Paired_AnyDifferences_ReproducedExactlyWhenPIsBelowTheLevel() =>
        Gen.Select(Gen.Double[-3, 8].Array[2, 15], Gen.Double[-1, 4], Gen.Int[1, 3], Gen.Bool, Gen.Bool).ForCases(60, (units, border, comparisons, oneSided, above) =>
        {
            var results = SyntheticStudy.AddTo(SyntheticStudy.Results("a", "m", [.. units.Select(u => new[] { u })]), "b", "m", [0.0]);
            var rule = BySeed with { Level = 0.1, Comparisons = comparisons, Sides = oneSided ? Sides.One : Sides.Two };
            var region = above ? Region.Above(border) : Region.Below(border);
            var claim = rule.Claim("a", "", "", region, (r, own) => PairedEffect.Of(r, "a", "b", "m", own), minimumUnits: 1);
            var effect = claim.Measure(results);
            Assert.Equal(effect.P <= claim.Level + 1e-12, claim.Judge(effect, Scale.Laptop) == Verdict.Reproduced);
        });

    [Fact]
    public void Paired_RegionWithTwoBorders_TestsBoth()
    {
        var rule = BySeed with { Holds = Region.Within(3, 10) };
        var effect = PairedEffect.Of(Results, "ppo", "rule", "return", rule);
        Assert.Equal(2.0 / 256, effect.P, 1e-15);
        Assert.Equal(1, PairedEffect.Of(Results, "ppo", "rule", "return", rule with { Holds = Region.Within(13, 10) }).P, 1e-2);    // lower border 3 above the mean
    }

    [Fact]
    public void Paired_TwelveSeeds_UsesTheBootstrapAndRepeats()
    {
        double[][] values = [.. Enumerable.Range(0, 12).Select(i => new double[] { i % 5 })];
        var results = SyntheticStudy.AddTo(SyntheticStudy.Results("a", "m", values), "b", "m", [0.0]);
        var effect = PairedEffect.Of(results, "a", "b", "m", BySeed);
        Assert.StartsWith("studentised bootstrap", effect.Test);
        Assert.Equal(effect, PairedEffect.Of(results, "a", "b", "m", BySeed));
    }

    [Fact]
    public void Paired_OneSeed_GivesAnEffectWithoutInterval()
    {
        var effect = PairedEffect.Of(SyntheticStudy.AddTo(SyntheticStudy.Results("a", "m", [[2.0]]), "b", "m", [1.0]), "a", "b", "m", BySeed);
        Assert.Equal(new(1, double.NegativeInfinity, double.PositiveInfinity, 1, 1), effect with { P = double.NaN, Test = "" });
    }

    [Fact]
    public void Paired_InstancesThatDoNotPair_AreNamed()
    {
        var results = SyntheticStudy.AddTo(SyntheticStudy.Results("a", "m", [[1, 2, 3]]), "b", "m", [1, 2]);
        Assert.Equal(
            "Arms 'a' and 'b' do not pair: at seed 0 'a' measured 'm' on instance 'day-2', 'b' did not.",
            Assert.Throws<InvalidOperationException>(() => PairedEffect.Of(results, "a", "b", "m", BySeed)).Message);
        Assert.Contains("no results of an arm 'c'", Assert.Throws<InvalidOperationException>(() => PairedEffect.Of(results, "a", "c", "m", BySeed)).Message);
        Assert.Contains("no value of metric 'x'; it measured: m", Assert.Throws<InvalidOperationException>(() => PairedEffect.Of(results, "a", "b", "x", BySeed)).Message);
    }

    // Ratios 2 and 1/2 cancel: the geometric mean is 1.
    [Fact]
    public void Ratio_TwiceAndHalf_Cancel()
    {
        var results = SyntheticStudy.AddTo(SyntheticStudy.Results("a", "m", [[2], [1], [2], [1], [2], [1], [2], [1]]), "b", "m", [1], [2], [1], [2], [1], [2], [1], [2]);
        var effect = RatioEffect.Of(results, "a", "b", "m", BySeed);
        Assert.Equal(1, effect.Estimate, 1e-15);
        Assert.Equal(1, effect.Low * effect.High, 1e-12);
        Assert.Equal(1, effect.P);
    }

    [Fact]
    public void Ratio_NotAboveZero_IsRefused() =>
        Assert.Contains("needs values above 0, got 0", Assert.Throws<InvalidOperationException>(
            () => RatioEffect.Of(SyntheticStudy.AddTo(SyntheticStudy.Results("a", "m", [[0.0]]), "b", "m", [1.0]), "a", "b", "m", BySeed)).Message);

    [Fact]
    public void Level_BySeed_IsTheArmsMean()
    {
        var effect = LevelEffect.Of(Results, "ppo", "return", BySeed with { Holds = Region.Above(2) });
        Assert.Equal(47.0 / 8, effect.Estimate);
        Assert.Equal(2.0 / 256, effect.P, 1e-15);
    }

    [Fact]
    public void Improvement_LearnedAgainstRule_IsTheShareOfWins()
    {
        // Day 0: the rule's 1 loses to all; day 1: its 5 loses to 8 10 8 9 9, ties 5 and 5, beats 4.
        var effect = ImprovementEffect.Of(Results, "ppo", "rule", "return", BySeed);
        Assert.Equal((8.0 / 8 + 6.0 / 8) / 2, effect.Estimate, 1e-12);
        Assert.InRange(effect.Low, 0.5, effect.Estimate);
        Assert.InRange(effect.High, effect.Estimate, 1);
        Assert.Equal(effect.Estimate, ImprovementEffect.Of(Results, "ppo", "rule", "return", BySeed with { Unit = Replication.Instance }).Estimate, 1e-12);
    }

    [Fact]
    public void Improvement_ArmsExchanged_IsTheComplement() =>
        Gen.Select(Gen.Int[0, 6].Array[8], Gen.Int[0, 6].Array[8]).ForCases(100, (a, b) =>
        {
            var results = SyntheticStudy.AddTo(SyntheticStudy.Results("a", "m", [.. a.Select(v => new double[] { v })]), "b", "m", [.. b.Select(v => new double[] { v })]);
            var (there, back) = (ImprovementEffect.Of(results, "a", "b", "m", BySeed), ImprovementEffect.Of(results, "b", "a", "m", BySeed));
            Assert.Equal(a.SelectMany(x => b.Select(y => x > y ? 1 : x == y ? 0.5 : 0)).Average(), there.Estimate, 1e-12);
            Assert.Equal(1 - there.Estimate, back.Estimate, 1e-12);
            Assert.Equal(1 - there.Low, back.High, 1e-9);
        });

    [Fact]
    public void AtLeast_TwoOfThree_TakesTheSecond()
    {
        Effect One(double estimate, double p) => new(estimate, estimate - 1, estimate + 2, 8, p / 2) { P = p, Test = "t" };
        var effect = JointEffect.AtLeast(2, One(5, 0.01), One(-1, 0.9), One(3, 0.04));
        Assert.Equal(new(3, 2, 5, 8, 0.02) { P = 0.04, Test = "at least 2 of 3: t" }, effect);
        var below = JointEffect.AtLeastBelow(2, One(5, 0.01), One(-1, 0.9), One(3, 0.04));
        Assert.Equal((3, 2, 5), (below.Estimate, below.Low, below.High));
        Assert.Equal((-1, -2, 1), JointEffect.AtLeastBelow(1, One(5, 0.01), One(-1, 0.9)) is var e ? (e.Estimate, e.Low, e.High) : default);
    }

    [Fact]
    public void MedianRatio_OneBusyRepetition_DoesNotMoveIt()
    {
        double[] a = [2, 2.1, 1.9, 2, 50, 2.05, 1.95, 2, 2, 2.02], b = [1, 1, 1, 1, 1, 1, 1, 1, 1, 1];
        var effect = TimingEffect.MedianRatio(a, b, new() { Holds = Region.Above(1.5) });
        Assert.Equal(2, effect.Estimate);
        Assert.True(effect.Low > 1.9 && effect.High < 2.2);
        Assert.Equal(2.0 / 1024, effect.P, 1e-15);
        Assert.Throws<ArgumentException>(() => TimingEffect.MedianRatio([1, 2], [1], new()));
        Assert.Throws<ArgumentException>(() => TimingEffect.MedianRatio([0], [1], new()));
    }
}
