using Pilotage.Evaluation;
using Pilotage.Evaluation.Statistics;

namespace Pilotage.Systems.Control.Stac;

/// <summary>The paper's statements as tests. Units are training seeds; all directions were fixed beforehand: one-sided.</summary>
/// <remarks>The best beta of a task is chosen by the mean return on validation episodes over all seeds, before an evaluation episode is looked at.</remarks>
/// <param name="tasks">The study's tasks.</param>
/// <param name="betas">The study's pessimisms, 0 among them.</param>
internal sealed class StudyClaims(IReadOnlyList<StudyTask> tasks, IReadOnlyList<double> betas)
{
    /// <summary>Share of SAC's gain over random play that STAC may lose and still be not worse.</summary>
    public const double NotWorseMargin = 0.05;

    /// <summary>Ratio of variances that still counts as not larger.</summary>
    public const double VarianceMargin = 1.1;

    /// <summary>Ratio of times below which STAC is the cheaper one.</summary>
    public const double CheaperRatio = 0.75;

    private const string Source = "arXiv:2601.00737";
    private const int LeastSeeds = 8;
    private readonly IReadOnlyList<StudyTask> _valued = [.. tasks.Where(task => !task.IsPointMass)];
    private readonly string _greatest = StudyArms.StacName(betas.Max());
    private readonly string _none = StudyArms.StacName(0);

    /// <summary>All claims.</summary>
    public IReadOnlyList<Claim> All()
    {
        var most = FormattableString.Invariant($"{betas.Max()}");
        return
        [
            .. _valued.Select(task => Rule(_valued.Count).Claim(
                $"1-{task.Key}", $"On {task.Name} the signed value error is lower at beta {most} than at 0", $"{Source}, figure on value errors", Region.Below(0),
                (results, rule) => PairedEffect.Of(results, _greatest, _none, StudyMetrics.ValueError(task), rule), LeastSeeds)),
            Rule(1).Claim(
                "2-disc", $"At beta {most} the point mass spends a smaller share of its steps in the disc than at 0", $"{Source}, figure of the toy task", Region.Below(0),
                (results, rule) => PairedEffect.Of(results, _greatest, _none, StudyMetrics.Occupancy, rule), LeastSeeds),
            Rule(1).Claim(
                "2-variance", FormattableString.Invariant($"... and the variance of its return is not larger, by a margin of {VarianceMargin} (ratio)"), $"{Source}, toy task", Region.Below(VarianceMargin),
                (results, rule) => RatioEffect.Of(results, _greatest, _none, StudyMetrics.Variance, rule), LeastSeeds),
            .. _valued.Select(task => Rule(_valued.Count).Claim(
                $"3-{task.Key}", FormattableString.Invariant($"On {task.Name} STAC at its best beta is not worse than twin-critic SAC, by {NotWorseMargin} of SAC's gain over random play"), $"{Source}, table 1",
                Region.Above(-NotWorseMargin), (results, rule) => NotWorse(results, task, rule), LeastSeeds)),
            Rule(_valued.Count).Claim(
                "4", "At beta 0 the value error is above 0 on at least one task: else claims 1 have no power here", $"{Source}, figure on value errors", Region.Above(0),
                (results, rule) => JointEffect.AtLeast(1, [.. _valued.Select(task => LevelEffect.Of(results, _none, StudyMetrics.ValueError(task), rule))]), LeastSeeds),
            (Rule(1) with { Unit = Replication.Instance }).Claim(
                "5", FormattableString.Invariant($"An update of STAC takes less than {CheaperRatio} of the time of one of twin-critic SAC (ratio)"), $"{Source}, section on cost; bar of this bench", Region.Below(CheaperRatio), Times, LeastSeeds)
                with { IsTiming = true },
        ];
    }

    /// <summary>The beta that validation episodes choose for a task.</summary>
    public double Best(StudyResults results, StudyTask task) => betas.MaxBy(beta =>
    {
        var arm = StudyArms.StacName(beta);
        return results.SeedsOf(arm).SelectMany(seed => results.Values(arm, seed, StudyMetrics.Validation(task)).Values).Average();
    });

    private static EffectRule Rule(int comparisons) => new() { Unit = Replication.Seed, Comparisons = comparisons, Sides = Sides.One };

    // In units of SAC's gain over random play, so that the margin means the same on every task.
    private Effect NotWorse(StudyResults results, StudyTask task, EffectRule rule)
    {
        double Mean(string arm) => results.SeedsOf(arm).SelectMany(seed => results.Values(arm, seed, StudyMetrics.Return(task)).Values).Average();
        var best = StudyArms.StacName(Best(results, task));
        var gain = Math.Abs(Mean(StudyArms.TwinSac) - Mean(StudyArms.Random));
        if (gain == 0) gain = 1;
        var scaled = rule with { Holds = new(rule.Holds!.Value.Low * gain, rule.Holds.Value.High) };
        var effect = PairedEffect.Of(results, best, StudyArms.TwinSac, StudyMetrics.Return(task), scaled);
        return effect with { Estimate = effect.Estimate / gain, Low = effect.Low / gain, High = effect.High / gain, Test = $"{best} - {StudyArms.TwinSac}: {effect.Test}" };
    }

    private static Effect Times(StudyResults results, EffectRule rule)
    {
        double[] Seconds(string metric) => [.. results.SeedsOf(StudyArms.TwinSac).SelectMany(seed => results.Values(StudyArms.TwinSac, seed, metric).Values)];
        return TimingEffect.MedianRatio(Seconds(StudyMetrics.StacSeconds), Seconds(StudyMetrics.SacSeconds), rule);
    }
}
