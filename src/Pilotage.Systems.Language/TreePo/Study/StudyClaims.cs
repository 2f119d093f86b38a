using Pilotage.Evaluation;
using Pilotage.Evaluation.Statistics;

namespace Pilotage.Systems.Language.TreePo;

/// <summary>The statements to judge.</summary>
internal static class StudyClaims
{
    private const int LeastSeeds = 8;
    private const double Bar = 0.85;
    private const string Paper = "arXiv:2508.17445, tables 1 and 2", Bench = "bar of this bench";

    /// <summary>All claims.</summary>
    public static IReadOnlyList<Claim> All() =>
    [
        Seeds().Claim("tokens", "Trees decode fewer tokens for a finished answer than independent answers (ratio)", Paper, Region.Below(1), Tokens, LeastSeeds),
        Seeds().Claim("tokens-bar", FormattableString.Invariant($"... fewer than {Bar} times as many (ratio)"), Bench, Region.Below(Bar), Tokens, LeastSeeds),
        Problems(Sides.One).Claim("updates", "After as many updates TreePO's most frequent answer of eight is right at most 1 point less often than GRPO's with independent answers", Bench, Region.Above(-0.01), (results, rule) => PairedEffect.Of(results, StudyArms.Average, StudyArms.Grpo, StudyMetrics.Majority, rule), LeastSeeds),
        Problems(Sides.One).Claim("budget", "After as many decoded tokens TreePO's most frequent answer of eight is right more often than GRPO's with independent answers", Bench, Region.Above(0), (results, rule) => PairedEffect.Of(results, StudyArms.Average, StudyArms.Grpo, StudyMetrics.MajorityAtTokens, rule), LeastSeeds),
        Problems(Sides.One).Claim("average", "Levels of equal weight are at most 2 points worse than levels weighted by size", Bench, Region.Above(-0.02), (results, rule) => PairedEffect.Of(results, StudyArms.Average, StudyArms.Size, StudyMetrics.Majority, rule), LeastSeeds),
        Problems(Sides.One).Claim("sampling", "GRPO learns more from trees than from independent answers after as many updates", Paper, Region.Above(0), (results, rule) => PairedEffect.Of(results, StudyArms.GrpoTree, StudyArms.Grpo, StudyMetrics.Majority, rule), LeastSeeds),
        Problems(Sides.One).Claim("credit", "On trees, credit by subgroups is better than credit by the whole group", Paper, Region.Above(0), (results, rule) => PairedEffect.Of(results, StudyArms.Average, StudyArms.GrpoTree, StudyMetrics.Majority, rule), LeastSeeds),
        Problems(Sides.One).Claim("more-first", "A changing number of paths at the beginning is better than two", Paper, Region.Above(0), (results, rule) => PairedEffect.Of(results, StudyArms.MoreFirst, StudyArms.Average, StudyMetrics.Majority, rule), LeastSeeds),
        Problems(Sides.One).Claim("learns", "TreePO's most frequent answer of eight is right more often than the warm start's", "what makes the comparisons say something", Region.Above(0), (results, rule) => PairedEffect.Of(results, StudyArms.Average, StudyArms.WarmStart, StudyMetrics.Majority, rule), LeastSeeds),
    ];

    private static Effect Tokens(StudyResults results, EffectRule rule) => RatioEffect.Of(results, StudyArms.GrpoTree, StudyArms.Grpo, StudyMetrics.TokensPerLeaf, rule);

    private static EffectRule Seeds() => new() { Unit = Replication.Seed, Sides = Sides.One };

    private static EffectRule Problems(Sides sides) => new() { Unit = Replication.SeedThenInstance, Sides = sides };
}
