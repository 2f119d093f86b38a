using Pilotage.Evaluation;
using Pilotage.Evaluation.Statistics;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>The survey's expectations as tests. What the sheet asks for in words is made a region and an interval here.</summary>
/// <remarks>
/// "The best learner" is chosen for each cell by its mean reward on validation days over all seeds, before any test day is looked at, so that no selection
/// needs to be corrected for. Units are training seeds; test days of one seed are averaged. All directions were fixed beforehand: one-sided.
/// </remarks>
/// <param name="cells">Traces by boot delays.</param>
/// <param name="heavy">The middle cells with violations that weigh more; may be none.</param>
/// <param name="arms">Names of the study's arms.</param>
internal sealed class StudyClaims(IReadOnlyList<StudyCell> cells, IReadOnlyList<StudyCell> heavy, IReadOnlyList<string> arms)
{
    /// <summary>How much worse than the tuned threshold still counts as not worse: reward per minute, in mean-load fleet costs.</summary>
    public const double NotWorseMargin = 0.05;

    private const string Source = "arXiv:2001.09957, sections on learning time and initial performance; bar of this bench";
    private const int LeastSeeds = 8;                    // what a laptop study must have

    /// <summary>All claims.</summary>
    public IReadOnlyList<Claim> All()
    {
        var middle = StudyCells.Middle(cells);
        var longest = StudyCells.Longest(cells);
        var blind = longest.Intersect(StudyCells.Deep(cells)).ToList();
        var periodic = longest.Where(cell => cell.Trace.IsDailyPeriodic).ToList();
        var required = Math.Min(2, middle.Count);
        return
        [
            .. middle.Select(cell => Rule(0.01, middle.Count).Claim($"a-{cell.Trace.Name}", $"On {cell.Path} the best learner beats the default threshold and the static mean fleet", Source, Region.Above(0),
                (results, rule) => AboveBoth(results, cell, rule), LeastSeeds)),
            Rule(0.01, middle.Count).Claim("a", $"The best learner beats the default threshold and the static mean fleet on at least {required} traces", Source, Region.Above(0),
                (results, rule) => JointEffect.AtLeast(required, [.. middle.Select(cell => AboveBoth(results, cell, rule))]), LeastSeeds),
            .. middle.Select(cell => Rule(0.05, middle.Count).Claim($"b-{cell.Trace.Name}", FormattableString.Invariant($"On {cell.Path} the best learner is not worse than the tuned threshold by more than {NotWorseMargin}"), Source,
                Region.Above(-NotWorseMargin), (results, rule) => Best(results, cell, StudyArms.TunedThreshold, rule), LeastSeeds)),
            .. periodic.Count == 0 ? Array.Empty<Claim>() :
            [
                Rule(0.05, periodic.Count).Claim("b-periodic", $"At a delay of {periodic[0].Delay} the best learner beats the tuned threshold on a daily-periodic trace", Source, Region.Above(0),
                    (results, rule) => JointEffect.AtLeast(1, [.. periodic.Select(cell => Best(results, cell, StudyArms.TunedThreshold, rule))]), LeastSeeds),
            ],
            new("c", "No policy is above the oracle's bound on any day", Source, Replication.Instance, AboveOracle, Region.Below(1e-6), MinimumUnits: 1),
            Rule(0.05, 2).Claim("d-ppo", $"At a delay of {longest[0].Delay} PPO earns less without seeing booting machines", Source, Region.Below(0),
                (results, rule) => PairedEffect.Of(results, StudyArms.PpoBlind, StudyArms.Ppo, StudyMetrics.Return, On(rule, blind)), LeastSeeds),
            Rule(0.05, 2).Claim("d-q", $"At a delay of {longest[0].Delay} Q-learning earns less without seeing booting machines", Source, Region.Below(0),
                (results, rule) => PairedEffect.Of(results, StudyArms.ColdBlind, StudyArms.Cold, StudyMetrics.Return, On(rule, longest)), LeastSeeds),
            Rule(0.05, 1).Claim("e", "Warm-started Q-learning violates the service level in fewer minutes of its first three training days than cold", Source, Region.Below(0),
                (results, rule) => PairedEffect.Of(results, StudyArms.Warm, StudyArms.Cold, StudyMetrics.EarlyViolations, On(rule, middle)), LeastSeeds),
            Rule(0.05, 1).Claim("f", "Dyna-Q comes within 5 % of its final reward in fewer training days than Q-learning (ratio)", Source, Region.Below(1),
                (results, rule) => RatioEffect.Of(results, StudyArms.Dyna, StudyArms.Cold, StudyMetrics.DaysToFinal, On(rule, middle)), LeastSeeds),
            Rule(0.05, 1).Claim("shield", "Shielded Q-learning violates the service level in a smaller share of its training than unshielded", Source, Region.Below(0),
                (results, rule) => PairedEffect.Of(results, StudyArms.Shielded, StudyArms.Cold, StudyMetrics.TrainingViolations, On(rule, middle)), LeastSeeds),
            Rule(0.05, 1).Claim("parallel", "Eight services that share a table come within 5 % of their final reward in fewer calendar days than one (ratio)", Source, Region.Below(1),
                (results, rule) => RatioEffect.Of(results, StudyArms.Parallel, StudyArms.Cold, StudyMetrics.DaysToFinal, On(rule, middle)), LeastSeeds),
            .. Heavy(),
        ];
    }

    private IReadOnlyList<Claim> Heavy()
    {
        if (heavy.Count == 0) return [];
        var required = Math.Min(2, heavy.Count);
        var weight = heavy[0].Model.Settings.ViolationWeight;
        return
        [
            Rule(0.01, heavy.Count).Claim("a-heavy", FormattableString.Invariant($"With violations that weigh {weight} the best learner beats the default threshold and the static mean fleet on at least {required} traces"), Source, Region.Above(0),
                (results, rule) => JointEffect.AtLeast(required, [.. heavy.Select(cell => AboveBoth(results, cell, rule))]), LeastSeeds),
            .. heavy.Select(cell => Rule(0.05, heavy.Count).Claim($"b-heavy-{cell.Trace.Name}", FormattableString.Invariant($"On {cell.Path}, violations weighing {weight}, the best learner is not worse than the tuned threshold by more than {NotWorseMargin}"), Source,
                Region.Above(-NotWorseMargin), (results, rule) => Best(results, cell, StudyArms.TunedThreshold, rule), LeastSeeds)),
        ];
    }

    private static EffectRule Rule(double level, int comparisons) => new() { Unit = Replication.Seed, Level = level, Comparisons = comparisons, Sides = Sides.One };

    private static EffectRule On(EffectRule rule, IReadOnlyList<StudyCell> chosen)
    {
        var paths = chosen.Select(cell => cell.Path).ToList();
        return rule with { Instances = instance => paths.Exists(path => instance == path || instance.StartsWith(path + "/", StringComparison.Ordinal)) };
    }

    // Both must hold, so both are tested at the full level and the weaker one speaks (intersection-union).
    private Effect AboveBoth(StudyResults results, StudyCell cell, EffectRule rule) =>
        JointEffect.AtLeast(2, Best(results, cell, StudyArms.Reference, rule), Best(results, cell, StudyArms.StaticMean, rule));

    private Effect Best(StudyResults results, StudyCell cell, string rival, EffectRule rule)
    {
        var (test, choice) = cell.IsHeavy ? (StudyMetrics.HeavyReturn, StudyMetrics.HeavyValidationReturn) : (StudyMetrics.Return, StudyMetrics.ValidationReturn);
        var validation = StudyArms.Learners.Where(arms.Contains).Select(arm => (Arm: arm, Rewards: results.SeedsOf(arm).SelectMany(seed => results.Values(arm, seed, choice)).Where(v => v.Key == cell.Path).Select(v => v.Value).ToList()));
        var best = validation.Where(v => v.Rewards.Count > 0).MaxBy(v => v.Rewards.Average()).Arm;
        var effect = PairedEffect.Of(results, best, rival, test, On(rule, [cell]));
        return effect with { Test = $"{best} - {rival}: {effect.Test}" };
    }

    // A bound is proved, not estimated: the greatest excess over all arms, seeds and days is the effect, without an interval.
    private Effect AboveOracle(StudyResults results)
    {
        var excess = new List<double>();
        var days = 0;
        foreach (var metric in heavy.Count == 0 ? [StudyMetrics.Return] : new[] { StudyMetrics.Return, StudyMetrics.HeavyReturn })
        {
            var bound = results.Values(StudyArms.Oracle, 0, metric);
            days += bound.Count;
            foreach (var arm in arms.Where(arm => arm != StudyArms.Oracle))
                excess.AddRange(results.SeedsOf(arm).SelectMany(seed => results.Values(arm, seed, metric)).Select(day => day.Value - bound[day.Key]));
        }
        return new(excess.Max(), excess.Max(), excess.Max(), days, SmallestAttainableP: 0) { Test = FormattableString.Invariant($"greatest of {excess.Count} differences") };
    }
}
