using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports;
using Pilotage.Evaluation.Statistics;

namespace Pilotage.Systems.Control.Bpo;

/// <summary>The paper's statements as tests.</summary>
/// <remarks>
/// Exact claims are proofs' checks: the worst value over all processes and updates is the effect, without interval. Claims about learning count training seeds, task by task, and share
/// their level over the tasks. "x % of" is of the score above random actions over training, so that a margin does not depend on where a task's rewards have their zero.
/// </remarks>
/// <param name="tasks">Environments.</param>
/// <param name="processes">Random processes of the exact study.</param>
internal sealed class StudyClaims(IReadOnlyList<ControlTask> tasks, int processes)
{
    /// <summary>How much less, or more, still counts as the same: a tenth.</summary>
    public const double Margin = 0.1;

    private const double Precision = 1e-9;                // of the identity, as the bar has it
    private const double Rounding = 1e-10;                // of V, after solving a linear system in double
    private const int LeastSeeds = 8;
    private const string Theory = "arXiv:2604.18578, section 4";
    private const string Experiments = "arXiv:2604.18578, experiments and ablations; bar of this bench";

    /// <summary>All claims.</summary>
    public IReadOnlyList<Claim> All() =>
    [
        Worst("a-identity", FormattableString.Invariant($"Each exact update gains what theorem 4.2 says, to {Figures.Of(Precision)} of the value"), StudyArms.Linear, BpoMetrics.Identity, Enumerable.Max, Region.Below(Precision)),
        Worst("a-monotone", "No exact update makes any state worse", StudyArms.Linear, BpoMetrics.Step, Enumerable.Min, Region.Above(-Rounding)),
        Worst("a-monotone-smooth", "No update by the Fermi-Dirac formula makes any state worse", StudyArms.Smooth, BpoMetrics.Step, Enumerable.Min, Region.Above(-Rounding)),
        Worst("a-fermi-dirac", "The Fermi-Dirac formula loses at most lambda 2 epsilon ln 2 against the linear program in each state (in that unit)", StudyArms.Smooth, BpoMetrics.Gap, Enumerable.Max, Region.Below(1 + 1e-6)),
        Worst("a-bound", "No policy tried falls below the bound of corollary 4.5", StudyArms.Linear, BpoMetrics.Slack, Enumerable.Min, Region.Above(-Rounding)),
        Worst("a-band", "No exact update leaves the band", StudyArms.Linear, BpoMetrics.Band, Enumerable.Max, Region.Below(Precision)),
        Processes().Claim("a-mean-target", "The clipped objective's target around the mean, made a distribution, leaves the band in more of the updates", Theory, Region.Above(0),
            (results, rule) => PairedEffect.Of(results, StudyArms.MeanTarget, StudyArms.Linear, BpoMetrics.Band, rule)),
        .. tasks.SelectMany(Of),
    ];

    private IEnumerable<Claim> Of(ControlTask task) =>
    [
        Learning(task, "b-match", FormattableString.Invariant($"BPO learns at least {1 - Margin:P0} of what PPO with its own clip radius learns"), BpoMetrics.Area, StudyArms.Bpo, StudyArms.Ppo, 1 - Margin, Region.Above(0)),
        Learning(task, "b-spread", "The 99th percentile of |ratio - 1| is lower under BPO than under PPO of the same radius", BpoMetrics.Spread, StudyArms.Bpo, StudyArms.PpoWide, 1, Region.Below(0)),
        Learning(task, "b-spread-scaled", "The same where rewards are scaled to deviation 1", BpoMetrics.Spread, StudyArms.Scaled, StudyArms.PpoScaled, 1, Region.Below(0)),
        Learning(task, "b-lambda", "With a temperature of 10 BPO learns less than half", BpoMetrics.Area, StudyArms.Hot, StudyArms.Bpo, 0.5, Region.Below(0)),
        Learning(task, "b-lambda-scaled", "The same where rewards are scaled to deviation 1", BpoMetrics.Area, StudyArms.ScaledHot, StudyArms.Scaled, 0.5, Region.Below(0)),
        Learning(task, "b-tv", FormattableString.Invariant($"Without the weight of the advantage BPO learns no more than {Margin:P0} better"), BpoMetrics.Area, StudyArms.Unweighted, StudyArms.Bpo, 1 + Margin, Region.Below(0)),
        Learning(task, "b-kl", "With the divergence in the place of the distance BPO learns less than half", BpoMetrics.Area, StudyArms.Divergence, StudyArms.Bpo, 0.5, Region.Below(0)),
        Learning(task, "b-mean", FormattableString.Invariant($"With the mean in the place of the median BPO learns the same, within {Margin}"), BpoMetrics.Area, StudyArms.Mean, StudyArms.Bpo, 1, Region.Within(0, Margin)),
    ];

    // The effect is a - factor x b, of the same seed: "at least nine tenths" and "less than half" as differences, which a ratio near 0 would not bear.
    private Claim Learning(ControlTask task, string id, string text, string metric, string a, string b, double factor, Region holds)
    {
        var sides = double.IsFinite(holds.Low) && double.IsFinite(holds.High) ? Sides.Two : Sides.One;
        var rule = new EffectRule { Unit = Replication.Seed, Comparisons = tasks.Count, Sides = sides };
        return rule.Claim($"{id}-{task.Slug}", $"{task.Name}: {text}", Experiments, holds, (results, own) => Compared(results, task, metric, a, b, factor, own), LeastSeeds);
    }

    private static Effect Compared(StudyResults results, ControlTask task, string metric, string a, string b, double factor, EffectRule rule)
    {
        var scaled = new StudyResults();
        foreach (var (arm, scale) in new[] { (a, 1.0), (b, factor) })
            foreach (var seed in results.SeedsOf(arm))
                scaled.Add(arm, seed, [new(metric, task.Name, scale * results.Values(arm, seed, metric)[task.Name])]);
        var effect = PairedEffect.Of(scaled, a, b, metric, rule);
        return factor == 1 ? effect : effect with { Test = FormattableString.Invariant($"{a} - {factor} x {b}: {effect.Test}") };
    }

    private EffectRule Processes() => new() { Unit = Replication.Instance, PlannedUnits = processes, Sides = Sides.One };

    private static Claim Worst(string id, string text, string arm, string metric, Func<IEnumerable<double>, double> worst, Region holds) =>
        new(id, text, Theory, Replication.Instance, results =>
        {
            var values = results.Values(arm, 0, metric).Values.ToList();
            var value = worst(values);
            return new(value, value, value, values.Count, SmallestAttainableP: 0) { Test = FormattableString.Invariant($"worst of {values.Count} processes") };
        }, holds, MinimumUnits: 1);
}
