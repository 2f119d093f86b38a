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
        Compare("updates", "After as many updates TreePO's most frequent answer of eight is right at most 1 point less often than GRPO's with independent answers", Bench, -0.01, StudyArms.Average, StudyArms.Grpo),
        Compare("budget", "After as many decoded tokens it is right more often", Bench, 0, StudyArms.Average, StudyArms.Grpo, StudyMetrics.MajorityAtTokens),
        Compare("average", "Levels of equal weight are at most 2 points worse than levels weighted by size", Bench, -0.02, StudyArms.Average, StudyArms.Size),
        Compare("sampling", "GRPO learns more from trees than from independent answers after as many updates", Paper, 0, StudyArms.GrpoTree, StudyArms.Grpo),
        Compare("credit", "On trees, credit by subgroups is better than credit by the whole group", Paper, 0, StudyArms.Average, StudyArms.GrpoTree),
        Compare("more-first", "A changing number of paths at the beginning is better than two", Paper, 0, StudyArms.MoreFirst, StudyArms.Average),
        Compare("learns", "TreePO's most frequent answer of eight is right more often than the warm start's", "what makes the comparisons say something", 0, StudyArms.Average, StudyArms.WarmStart),
    ];

    /// <summary>a - b above a border, of the same seed and problem.</summary>
    private static Claim Compare(string id, string text, string source, double border, string a, string b, string metric = StudyMetrics.Majority) =>
        new EffectRule { Unit = Replication.SeedThenInstance, Sides = Sides.One }.Claim(id, text, source, Region.Above(border), (results, rule) => PairedEffect.Of(results, a, b, metric, rule), LeastSeeds);

    private static Effect Tokens(StudyResults results, EffectRule rule) => RatioEffect.Of(results, StudyArms.GrpoTree, StudyArms.Grpo, StudyMetrics.TokensPerLeaf, rule);

    private static EffectRule Seeds() => new() { Unit = Replication.Seed, Sides = Sides.One };
}
