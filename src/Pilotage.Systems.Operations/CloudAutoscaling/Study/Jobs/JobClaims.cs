using Pilotage.Evaluation;
using Pilotage.Evaluation.Statistics;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>What learning should bring on jobs with deadlines, as tests. Units are training seeds; the test jobs of one seed are averaged.</summary>
internal static class JobClaims
{
    /// <summary>How many more missed deadlines still count as no more: one job in twenty.</summary>
    public const double MissMargin = 0.05;

    private const string Source = "arXiv:2001.09957, sections on workflows and spot machines; bar of this bench";
    private const int LeastSeeds = 8;

    /// <summary>All claims. The learner is the one with the better mean return on validation jobs, as is its rival among the spot rules.</summary>
    public static IReadOnlyList<Claim> All()
    {
        var rule = new EffectRule { Unit = Replication.Seed, Level = 0.05, Comparisons = 2, Sides = Sides.One };
        return
        [
            rule.Claim("g-cost", "On jobs with deadlines the best learner costs less than the tuned all-on-demand rule", Source, Region.Below(0),
                (results, r) => Difference(results, JobArms.OnDemand, JobMetrics.Cost, r), LeastSeeds),
            rule.Claim("g-deadlines", FormattableString.Invariant($"... and misses no more deadlines than it, by a margin of {MissMargin}"), Source, Region.Below(MissMargin),
                (results, r) => Difference(results, JobArms.OnDemand, JobMetrics.Missed, r), LeastSeeds),
            (rule with { Comparisons = 1 }).Claim("g-rules", "On jobs with deadlines the best learner earns more than the best tuned rule that uses spot machines", Source, Region.Above(0),
                (results, r) => Difference(results, Best(results, JobArms.SpotRules), JobMetrics.Return, r), LeastSeeds),
            new("g-bound", "No policy is above the bound on any job", Source, Replication.Instance, AboveBound, Region.Below(1e-6), MinimumUnits: 1),
        ];
    }

    private static Effect Difference(StudyResults results, string rival, string metric, EffectRule rule)
    {
        var best = Best(results, JobArms.Learners);
        var effect = PairedEffect.Of(results, best, rival, metric, rule);
        return effect with { Test = $"{best} - {rival}: {effect.Test}" };
    }

    private static string Best(StudyResults results, IReadOnlyList<string> arms) =>
        arms.MaxBy(arm => results.SeedsOf(arm).SelectMany(seed => results.Values(arm, seed, JobMetrics.ValidationReturn).Values).Average())!;

    // As the oracle's: the greatest excess over all arms, seeds and jobs, without an interval.
    private static Effect AboveBound(StudyResults results)
    {
        var bound = results.Values(JobArms.Bound, 0, JobMetrics.Return);
        var excess = JobArms.Names
            .SelectMany(arm => results.SeedsOf(arm).SelectMany(seed => results.Values(arm, seed, JobMetrics.Return)))
            .Select(job => job.Value - bound[job.Key]).ToList();
        return new(excess.Max(), excess.Max(), excess.Max(), bound.Count, SmallestAttainableP: 0) { Test = FormattableString.Invariant($"greatest of {excess.Count} differences") };
    }
}
