using Pilotage.Evaluation;
using Pilotage.Evaluation.Statistics;
using Pilotage.Systems.Language.MiniLab;

namespace Pilotage.Systems.Language.LpReg.Study;

/// <summary>The paper's statements as tests, on the laboratory's task.</summary>
/// <remarks>Claims about probabilities and answers count training seeds, then the problems that all seeds share; those with one number a seed count seeds.</remarks>
internal static class StudyClaims
{
    private const int LeastSeeds = 8;
    private const double Points = 0.01;                   // what counts as no worse: one point of pass@1
    private const string Source = "arXiv:2510.03222, sections 3 to 6; bar of this bench";

    /// <summary>All claims.</summary>
    public static IReadOnlyList<Claim> All() =>
    [
        Nested("wait", "Lp-Reg ends with a higher probability of 'wait' where it is useful than GRPO", Region.Above(0), LpRegMetrics.UsefulWait, StudyArms.LpReg, StudyArms.Grpo),
        Nested("wait-collapse", "GRPO ends with less than half of the probability of 'wait' that it began with where it is useful", Region.Below(0), LpRegMetrics.UsefulWait, StudyArms.Grpo, StudyArms.Start, factor: 0.5),
        Nested("noise", "Lp-Reg says words without meaning at most 1.5 times as often as GRPO", Region.Below(0), LpRegMetrics.Noise, StudyArms.LpReg, StudyArms.Grpo, factor: 1.5),
        Nested("noise-entropy", "An entropy bonus says words without meaning more often than Lp-Reg", Region.Above(0), LpRegMetrics.Noise, StudyArms.Entropy, StudyArms.LpReg),
        Nested("noise-filter", "Without the noise filter words without meaning are said more often than with it", Region.Above(0), LpRegMetrics.Noise, StudyArms.NoFilter, StudyArms.LpReg),
        Seeds("entropy", "Lp-Reg ends with a higher entropy than GRPO", Region.Above(0), (results, rule) => PairedEffect.Of(results, StudyArms.LpReg, StudyArms.Grpo, MiniLabMetrics.Entropy, rule)),
        Nested("pass-no-worse", "Lp-Reg's share of right answers is at most a point below GRPO's", Region.Above(-Points), MiniLabMetrics.Pass1, StudyArms.LpReg, StudyArms.Grpo),
        Nested("pass-better", "Lp-Reg's share of right answers is above GRPO's (paper: by 2.7 points)", Region.Above(0), MiniLabMetrics.Pass1, StudyArms.LpReg, StudyArms.Grpo),
        Seeds("share", "Between 0.05 % and 5 % of the tokens are protected", new(0.0005, 0.05), (results, rule) => LevelEffect.Of(results, StudyArms.LpReg, LpRegMetrics.ProtectedShare, rule)),
        Nested("on-policy-wait", "With one update a step, too, Lp-Reg ends with a higher probability of 'wait' where it is useful", Region.Above(0), LpRegMetrics.UsefulWait, StudyArms.FreshLpReg, StudyArms.FreshGrpo),
        Nested("on-policy-pass", "With one update a step, too, Lp-Reg's share of right answers is at most a point below GRPO's", Region.Above(-Points), MiniLabMetrics.Pass1, StudyArms.FreshLpReg, StudyArms.FreshGrpo),
    ];

    // The effect is a - factor x b on the same seeds and problems: "less than half" as a difference, which a ratio near 0 would not bear.
    private static Claim Nested(string id, string text, Region holds, string metric, string a, string b, double factor = 1) =>
        new EffectRule { Unit = Replication.SeedThenInstance, Sides = Sides.One }.Claim(id, text, Source, holds, (results, rule) => Compared(results, metric, a, b, factor, rule), LeastSeeds);

    private static Claim Seeds(string id, string text, Region holds, Func<StudyResults, EffectRule, Effect> measure) =>
        new EffectRule { Unit = Replication.Seed, Sides = double.IsFinite(holds.Low) && double.IsFinite(holds.High) ? Sides.Two : Sides.One }.Claim(id, text, Source, holds, measure, LeastSeeds);

    private static Effect Compared(StudyResults results, string metric, string a, string b, double factor, EffectRule rule)
    {
        if (factor == 1) return PairedEffect.Of(results, a, b, metric, rule);
        var scaled = new StudyResults();
        foreach (var (arm, scale) in new[] { (a, 1.0), (b, factor) })
            foreach (var seed in results.SeedsOf(arm))
                scaled.Add(arm, seed, [.. results.Values(arm, seed, metric).Select(value => new Measurement(metric, value.Key, scale * value.Value))]);
        var effect = PairedEffect.Of(scaled, a, b, metric, rule);
        return effect with { Test = FormattableString.Invariant($"{a} - {factor} x {b}: {effect.Test}") };
    }
}
