using Pilotage.Evaluation;
using Pilotage.Evaluation.Statistics;

namespace Pilotage.Systems.Control.DatasetPerspective;

/// <summary>The paper's statements as tests.</summary>
/// <remarks>
/// Each of the first four is judged twice: by the mean of the last ten evaluations, and by the best evaluation of all, which is the paper's score and sees the episodes that it tells of. All directions were
/// fixed beforehand: one-sided. "Not below" has a margin of five points.
/// </remarks>
/// <param name="algorithms">Names of the study's algorithms.</param>
internal sealed class StudyClaims(IReadOnlyList<string> algorithms)
{
    /// <summary>Points of the score that still count as "not below".</summary>
    public const double Margin = 5;

    private const string Source = "arXiv:2111.04714, abstract and the authors' blog; bar of this bench";
    private const double StrongCorrelation = 0.6;
    private const int LeastSeeds = 8;

    /// <summary>The claims; none if an algorithm that they speak of is left out.</summary>
    public IReadOnlyList<Claim> All() => Families.Claimed.All(algorithms.Contains)
        ? [.. Scored(StudyMetrics.Score, "", "by the last ten evaluations"), .. Scored(StudyMetrics.BestScore, "-best", "by the best evaluation"), .. Measured()]
        : [.. Measured()];

    private IEnumerable<Claim> Scored(string metric, string suffix, string by)
    {
        var (cloning, off, constrained) = (Families.Cloning, Families.OffPolicy, Families.Constrained);
        yield return Pooled($"1-tq{suffix}", $"The score of cloning goes with trajectory quality, {by}", Region.Above(0), rows => WithQuality(rows, cloning), "correlation of bc with TQ");
        yield return Pooled($"1-strong{suffix}", FormattableString.Invariant($"... with a correlation above {StrongCorrelation}"), Region.Above(StrongCorrelation), rows => WithQuality(rows, cloning), "correlation of bc with TQ");
        yield return Pooled($"1-dqn{suffix}", $"The score of cloning goes with trajectory quality more than that of DQN does, {by}", Region.Above(0),
            rows => WithQuality(rows, cloning) - WithQuality(rows, Families.DoubleQ), "difference of correlations with TQ, bc - dqn");
        yield return Pooled($"2-saco{suffix}", $"The score of DQN, QR-DQN and REM goes with coverage, {by}", Region.Above(0),
            rows => Correlation.Pearson([.. rows.Select(row => row.Mean(off))], [.. rows.Select(row => row.Coverage)]), "correlation of the mean of dqn, qr-dqn and rem with SACo");
        yield return Mean($"2-expert{suffix}", $"On expert data DQN, QR-DQN and REM score below cloning, {by}", Region.Below(0),
            rows => Over(rows, "expert", row => row.Mean(off) - row.Scores[cloning]), "difference on expert data");
        yield return Mean($"3-replay{suffix}", FormattableString.Invariant($"On replay data DQN, QR-DQN and REM are not below cloning by more than {Margin} points, {by}"), Region.Above(-Margin),
            rows => Over(rows, "replay", row => row.Mean(off) - row.Scores[cloning]), "difference on replay data");
        yield return Mean($"4-off-policy{suffix}", FormattableString.Invariant($"Over all data BCQ, CQL and CRR are not below DQN, QR-DQN and REM by more than {Margin} points, {by}"), Region.Above(-Margin),
            rows => rows.Average(row => row.Mean(constrained) - row.Mean(off)), "difference over all data");
        yield return Mean($"4-bc{suffix}", FormattableString.Invariant($"Over all data BCQ, CQL and CRR are not below cloning by more than {Margin} points, {by}"), Region.Above(-Margin),
            rows => rows.Average(row => row.Mean(constrained) - row.Scores[cloning]), "difference over all data");
        yield return Claim(2, $"4-better{suffix}", $"... and above at least one of the two, {by}", Region.Above(0), (results, rule) =>
        {
            var table = ScoreTable.Of(results, metric, algorithms);
            return JointEffect.AtLeast(
                1,
                SeedEffect.Mean(table, rows => rows.Average(row => row.Mean(constrained) - row.Mean(off)), "difference to dqn, qr-dqn and rem over all data", rule),
                SeedEffect.Mean(table, rows => rows.Average(row => row.Mean(constrained) - row.Scores[cloning]), "difference to bc over all data", rule));
        });

        Claim Pooled(string id, string text, Region holds, Func<IReadOnlyList<ScoredDataset>, double> statistic, string what) =>
            Claim(1, id, text, holds, (results, rule) => SeedEffect.Pooled(ScoreTable.Of(results, metric, algorithms), statistic, what, rule));

        Claim Mean(string id, string text, Region holds, Func<IReadOnlyList<ScoredDataset>, double> statistic, string what) =>
            Claim(1, id, text, holds, (results, rule) => SeedEffect.Mean(ScoreTable.Of(results, metric, algorithms), statistic, what, rule));
    }

    private static IEnumerable<Claim> Measured()
    {
        yield return Claim(3, "5-quality", "Trajectory quality falls from expert to noisy to mixed to random data", Region.Above(0), (results, rule) => Ordered(results, rule, row => row.Quality, "TQ", ("expert", "noisy"), ("noisy", "mixed"), ("mixed", "random")));
        yield return Claim(4, "5-coverage", "Expert data cover least", Region.Above(0), (results, rule) => Ordered(results, rule, row => row.Coverage, "SACo", ("noisy", "expert"), ("mixed", "expert"), ("random", "expert"), ("replay", "expert")));
    }

    // All must hold: tested together, so that the intervals cover at once.
    private static Effect Ordered(StudyResults results, EffectRule rule, Func<ScoredDataset, double> measure, string name, params (string Above, string Below)[] pairs)
    {
        var table = ScoreTable.Of(results, StudyMetrics.Score, []);
        return JointEffect.AtLeast(pairs.Length, [.. pairs.Select(pair => SeedEffect.Mean(table, rows => Over(rows, pair.Above, measure) - Over(rows, pair.Below, measure), $"{name} of {pair.Above} - {pair.Below}", rule))]);
    }

    private static Claim Claim(int comparisons, string id, string text, Region holds, Func<StudyResults, EffectRule, Effect> measure) =>
        new EffectRule { Unit = Replication.Seed, Sides = Sides.One, Comparisons = comparisons }.Claim(id, text, Source, holds, measure, LeastSeeds);

    private static double WithQuality(IReadOnlyList<ScoredDataset> rows, string algorithm) =>
        Correlation.Pearson([.. rows.Select(row => row.Scores[algorithm])], [.. rows.Select(row => row.Quality)]);

    private static double Over(IReadOnlyList<ScoredDataset> rows, string kind, Func<ScoredDataset, double> value) => rows.Where(row => row.Kind == kind).Average(value);
}
