using Pilotage.Evaluation;
using Pilotage.Evaluation.Statistics;
using Pilotage.Systems.Language.MiniLab;

namespace Pilotage.Systems.Language.Rec;

/// <summary>The paper's statements as tests. Learning claims: seeds first, then test problems within them.</summary>
/// <param name="task">Name of the laboratory's task.</param>
internal sealed class RecClaims(string task)
{
    private const int LeastSeeds = 8;
    private const double Margin = 0.04, AreaMargin = 0.02, Precision = 1e-3;
    private const string Paper = "arXiv:2509.24203, off-policy experiments; bar of this bench";

    /// <summary>All claims.</summary>
    public IReadOnlyList<Claim> All() =>
    [
        .. RecArms.Bandits.Keys.Select(Limit),
        Prompts().Claim("2-importance", FormattableString.Invariant($"Under lag, clipping does the work: with and without importance weights pass@1 is the same, within {Margin}"), Paper, Region.Within(0, Margin),
            (results, rule) => PairedEffect.Of(results, Lag(RecMembers.OneSideNoIs), Lag(RecMembers.OneSideIs), MiniLabMetrics.Pass1, rule), LeastSeeds),
        (Prompts() with { Comparisons = Clipped.Count }).Claim("3-clipped", "Under lag, at least one clipped member ends above REINFORCE in pass@1", Paper, Region.Above(0),
            (results, rule) => JointEffect.AtLeast(1, [.. Clipped.Select(member => PairedEffect.Of(results, Lag(member), Lag(RecMembers.Reinforce), MiniLabMetrics.Pass1, rule))]), LeastSeeds),
        Seeds().Claim("3-divergence", "Under lag, REINFORCE moves further from the policy that drew than clipping does (KL)", Paper, Region.Above(0),
            (results, rule) => PairedEffect.Of(results, Lag(RecMembers.Reinforce), Lag(RecMembers.OneSideNoIs), MiniLabMetrics.KlOld, rule), LeastSeeds),
        new("3-collapse", "Under lag, REINFORCE collapses in most seeds: below the warm start, without entropy while rewards fall, or not finite", Paper, Replication.Seed, Collapsed, Region.Above(0.5), LeastSeeds),
        (Seeds() with { Instances = instance => instance == task }).Claim("4-wide", FormattableString.Invariant($"On policy, the wide band (0.6, 2) learns at least as fast as (0.2, 0.2): area under pass@1, within {AreaMargin}"), Paper, Region.Above(-AreaMargin),
            (results, rule) => PairedEffect.Of(results, On(RecMembers.OneSideNoIsWide), On(RecMembers.OneSideNoIs), MiniLabMetrics.Area, rule), LeastSeeds),
        Prompts().Claim("5-drop", FormattableString.Invariant($"Under lag, dropping surplus failures (RED-Drop) ends no lower than GRPO, within {Margin}"), Paper, Region.Above(-Margin),
            (results, rule) => PairedEffect.Of(results, Lag(RecMembers.RedDrop), Lag(RecMembers.Grpo), MiniLabMetrics.Pass1, rule), LeastSeeds),
        Prompts().Claim("5-weight", FormattableString.Invariant($"Under lag, weighing successes (RED-Weight) ends no lower than GRPO, within {Margin}"), Paper, Region.Above(-Margin),
            (results, rule) => PairedEffect.Of(results, Lag(RecMembers.RedWeight), Lag(RecMembers.Grpo), MiniLabMetrics.Pass1, rule), LeastSeeds),
    ];

    private static IReadOnlyList<string> Clipped { get; } = [RecMembers.Grpo, RecMembers.OneSideIs, RecMembers.OneSideNoIs, RecMembers.OneSideNoIsWide];

    private static EffectRule Prompts() => new() { Unit = Replication.SeedThenInstance };

    private static EffectRule Seeds() => new() { Unit = Replication.Seed, Sides = Sides.One };

    private static Claim Limit(string bandit) => new($"1-{bandit}", FormattableString.Invariant($"Bandit: {bandit} ends where the closed form says, within {Precision}"), "arXiv:2509.24203, counter-example; closed form", Replication.Instance, results =>
    {
        var error = results.Values(RecArms.Bandit + bandit, 0, RecMetrics.BanditError).Values.Single();
        return new(error, error, error, 1, SmallestAttainableP: 0) { Test = "exact flow" };
    }, Region.Below(Precision), MinimumUnits: 1);

    private Effect Collapsed(StudyResults results)
    {
        var arm = Lag(RecMembers.Reinforce);
        var seeds = results.SeedsOf(arm);
        var collapsed = seeds.Count(seed => Collapse.Happened(
            results.Values(RecArms.WarmStart, seed, MiniLabMetrics.Pass1).Values.Average(), results.Values(arm, seed, MiniLabMetrics.Pass1).Values.Average(),
            Curve(results, arm, seed, MiniLabMetrics.CurveEntropy), Curve(results, arm, seed, MiniLabMetrics.CurveReward),
            results.Values(arm, seed, MiniLabMetrics.StoppedEarly).Values.Single() > 0));
        return ShareEffect(collapsed, seeds.Count);
    }

    internal static Effect ShareEffect(int count, int of)
    {
        var interval = Proportion.Wilson(count, of);
        return new((double)count / of, interval.Low, interval.High, of, SmallestAttainableP: 0) { Test = FormattableString.Invariant($"{count} of {of} seeds, Wilson's interval of a share") };
    }

    private static double[] Curve(StudyResults results, string arm, int seed, string metric) => [.. results.Values(arm, seed, metric).Values];

    private static string Lag(string member) => RecArms.Name(RecArms.Lag, member);

    private static string On(string member) => RecArms.Name(RecArms.OnPolicy, member);
}
