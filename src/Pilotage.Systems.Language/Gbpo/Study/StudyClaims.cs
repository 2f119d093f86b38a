using Pilotage.Evaluation;
using Pilotage.Evaluation.Statistics;
using Pilotage.Systems.Language.MiniLab;

namespace Pilotage.Systems.Language.Gbpo;

/// <summary>The statements to judge.</summary>
internal static class StudyClaims
{
    /// <summary>How far pass@1 may differ and still count as the same.</summary>
    public const double Margin = 0.03;

    private const int LeastSeeds = 8;
    private const string Source = "arXiv:2604.18578, experiments on test-time training; bar of this bench";

    /// <summary>All claims.</summary>
    /// <param name="epochs">Passes of the arms that make many.</param>
    public static IReadOnlyList<Claim> All(int epochs) =>
    [
        Problems(Sides.One).Claim("c-epochs", $"Going from 1 to {epochs} passes over each batch costs GBPO less pass@1 than it costs GRPO", Source, Region.Above(0), Kept, LeastSeeds),
        Problems(Sides.One).Claim("c-grpo-loses", $"Going from 1 to {epochs} passes costs GRPO pass@1", Source, Region.Below(0),
            (results, rule) => PairedEffect.Of(results, StudyArms.GrpoMany, StudyArms.GrpoOnce, MiniLabMetrics.Pass1, rule), LeastSeeds),
        Problems(Sides.One).Claim("c-better", $"With {epochs} passes GBPO solves more problems with a single answer than GRPO at the same radius", Source, Region.Above(0),
            (results, rule) => PairedEffect.Of(results, StudyArms.GbpoMany, StudyArms.GrpoMany, MiniLabMetrics.Pass1, rule), LeastSeeds),
        Seeds().Claim("c-spread", $"With {epochs} passes the 99th percentile of |ratio - 1| is lower under GBPO than under GRPO at the same radius", Source, Region.Below(0),
            (results, rule) => PairedEffect.Of(results, StudyArms.GbpoMany, StudyArms.GrpoMany, StudyMetrics.Spread, rule), LeastSeeds),
        Problems(Sides.Two).Claim("c-mean", FormattableString.Invariant($"The mean in the place of the median solves as many problems with a single answer, within {Margin}"), Source, Region.Within(0, Margin),
            (results, rule) => PairedEffect.Of(results, StudyArms.Mean, StudyArms.GbpoMany, MiniLabMetrics.Pass1, rule), LeastSeeds),
    ];

    // (GBPO many - GBPO once) - (GRPO many - GRPO once), of the same seed and problem.
    private static Effect Kept(StudyResults results, EffectRule rule)
    {
        const string bounded = "gbpo: many - once", clipped = "grpo: many - once";
        var changes = new StudyResults();
        foreach (var (name, many, once) in new[] { (bounded, StudyArms.GbpoMany, StudyArms.GbpoOnce), (clipped, StudyArms.GrpoMany, StudyArms.GrpoOnce) })
            foreach (var seed in results.SeedsOf(many))
            {
                var before = results.Values(once, seed, MiniLabMetrics.Pass1);
                changes.Add(name, seed, [.. results.Values(many, seed, MiniLabMetrics.Pass1).Select(value => new Measurement(MiniLabMetrics.Pass1, value.Key, value.Value - before[value.Key]))]);
            }
        return PairedEffect.Of(changes, bounded, clipped, MiniLabMetrics.Pass1, rule);
    }

    private static EffectRule Seeds() => new() { Unit = Replication.Seed, Sides = Sides.One };

    private static EffectRule Problems(Sides sides) => new() { Unit = Replication.SeedThenInstance, Sides = sides };
}
