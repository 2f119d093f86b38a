using Pilotage.Evaluation;
using Pilotage.Evaluation.Statistics;
using Pilotage.Systems.Language.MiniLab;

namespace Pilotage.Systems.Language.R2vpo;

/// <summary>What the abstract says of sequences. Units are training seeds, and within them test problems where a measure has one number for each.</summary>
internal static class CountdownClaims
{
    /// <summary>How much lower a share of solved problems may be and still count as no worse.</summary>
    public const double Margin = 0.02;

    /// <summary>Share of the steps that must keep the bound.</summary>
    public const double Kept = 0.9;

    /// <summary>Share of the clip's answers within which stored answers must bring the bound to the clip's level: the paper says about a half.</summary>
    public const double Fewer = 0.8;

    /// <summary>Level that answers are counted to: a share of what the clip has at the end.</summary>
    public const double Reached = 0.9;

    private const string Source = "arXiv:2601.03320, abstract; bar of this bench";
    private const int LeastSeeds = 8;

    /// <summary>Claims of the fresh arms.</summary>
    public static IReadOnlyList<Claim> OfFresh() =>
    [
        Seeds.Claim("b-bound", FormattableString.Invariant($"In more than {Kept:P0} of the steps the bound holds the moving average of the ratio's variance between half of it and twice of it"), Source, Region.Above(Kept),
            (results, rule) => LevelEffect.Of(results, CountdownArms.Bound, R2vpoMetrics.WithinBound, rule), LeastSeeds),
        Seeds.Claim("b-free", "Without bound or clip it is above twice the bound in most of them", Source, Region.Above(0.5),
            (results, rule) => LevelEffect.Of(results, CountdownArms.Free, R2vpoMetrics.BeyondBound, rule), LeastSeeds),
        Seeds.Claim("b-area", FormattableString.Invariant($"Over training the bound solves no fewer problems than the clip, by a margin of {Margin}"), Source, Region.Above(-Margin),
            (results, rule) => PairedEffect.Of(results, CountdownArms.Bound, CountdownArms.Grpo, MiniLabMetrics.Area, rule), LeastSeeds),
        Problems.Claim("b-final", FormattableString.Invariant($"At the end it solves no fewer, by a margin of {Margin}"), Source, Region.Above(-Margin),
            (results, rule) => PairedEffect.Of(results, CountdownArms.Bound, CountdownArms.Grpo, MiniLabMetrics.Pass1, rule), LeastSeeds),
        Problems.Claim("b-better", "At the end it solves more", Source, Region.Above(0),
            (results, rule) => PairedEffect.Of(results, CountdownArms.Bound, CountdownArms.Grpo, MiniLabMetrics.Pass1, rule), LeastSeeds),
    ];

    /// <summary>Claims of the arms with stored answers.</summary>
    public static IReadOnlyList<Claim> OfStored() =>
    [
        Seeds.Claim("c-fewer", FormattableString.Invariant($"With stored answers the bound needs fewer fresh ones than the clip on fresh ones to reach {Reached:P0} of what that has at the end (ratio)"), Source, Region.Below(1), Answers, LeastSeeds),
        Seeds.Claim("c-much-fewer", FormattableString.Invariant($"... by a factor of {Fewer} or less"), Source, Region.Below(Fewer), Answers, LeastSeeds),
        Problems.Claim("c-clip", "With stored answers the bound solves more at the end than the clip with stored answers", Source, Region.Above(0),
            (results, rule) => PairedEffect.Of(results, CountdownArms.BoundReplay, CountdownArms.GrpoReplay, MiniLabMetrics.Pass1, rule), LeastSeeds),
        Problems.Claim("c-final", FormattableString.Invariant($"... and no fewer than the bound on fresh ones, by a margin of {Margin}"), Source, Region.Above(-Margin),
            (results, rule) => PairedEffect.Of(results, CountdownArms.BoundReplay, CountdownArms.Bound, MiniLabMetrics.Pass1, rule), LeastSeeds),
    ];

    private static EffectRule Seeds => new() { Unit = Replication.Seed, Sides = Sides.One };

    private static EffectRule Problems => new() { Unit = Replication.SeedThenInstance, Sides = Sides.One };

    // A training that never comes so far counts one point of the curve more than it had: a ratio of that is a bound on the true one, in favour of nobody's claim.
    private static Effect Answers(StudyResults results, EffectRule rule)
    {
        var counted = new StudyResults();
        foreach (var seed in results.SeedsOf(CountdownArms.Grpo))
        {
            var clip = Curve(results, CountdownArms.Grpo, seed);
            var target = Reached * clip[^1].Value;
            foreach (var arm in new[] { CountdownArms.Grpo, CountdownArms.BoundReplay })
                counted.Add(arm, seed, [new("steps", "countdown", StepsTo(Curve(results, arm, seed), target))]);
        }
        return RatioEffect.Of(counted, CountdownArms.BoundReplay, CountdownArms.Grpo, "steps", rule);
    }

    /// <summary>The learning curve of a training.</summary>
    /// <param name="results">All measurements.</param>
    /// <param name="arm">Whose.</param>
    /// <param name="seed">Which training.</param>
    /// <returns>Step and share solved, ascending.</returns>
    public static IReadOnlyList<(double Step, double Value)> Curve(StudyResults results, string arm, int seed) =>
    [
        .. results.Values(arm, seed, MiniLabMetrics.CurvePass1).Select(point => (double.Parse(point.Key.AsSpan(point.Key.LastIndexOf('/') + 1), System.Globalization.CultureInfo.InvariantCulture), point.Value)).OrderBy(point => point.Item1),
    ];

    /// <summary>The first step of a curve that reaches a level.</summary>
    /// <param name="curve">At least two points.</param>
    /// <param name="target">The level.</param>
    /// <returns>At least one distance between points, so that ratios exist; one distance behind the last point where none reaches it.</returns>
    public static double StepsTo(IReadOnlyList<(double Step, double Value)> curve, double target)
    {
        var distance = curve[^1].Step - curve[^2].Step;
        foreach (var (step, value) in curve) if (value >= target) return Math.Max(step, distance);
        return curve[^1].Step + distance;
    }
}
