using Pilotage.Algorithms.Tabular;
using Pilotage.Evaluation;
using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>The competitors of the study. Rules and tables run on every cell, networks on those of <see cref="StudyCells.Deep"/>; rules are tuned, learners trained, on training days only.</summary>
/// <param name="cells">Traces by boot delays.</param>
/// <param name="config">Settings.</param>
/// <param name="device">Where networks are computed; <see langword="null"/> for the managed device.</param>
internal sealed class StudyArms(IReadOnlyList<StudyCell> cells, CloudAutoscalingConfig config, Device? device = null)
{
    private readonly IReadOnlyList<StudyCell> _heavy = StudyCells.Heavy(cells, config.HeavyViolationWeight);

    public const string Reference = "threshold-default", StaticMean = "static-mean", TunedThreshold = "threshold-tuned", Oracle = "oracle-bound";

    public const string Ppo = "ppo", PpoBlind = "ppo-delay-blind", Cold = "q-learning", ColdBlind = "q-learning-delay-blind", Warm = "q-learning-warm", Dyna = "dyna-q";

    public const string Shielded = "q-learning-shielded", Parallel = "q-learning-parallel", Double = "double-q", Lambda = "sarsa-lambda";

    /// <summary>Learners that see booting machines: among them the best is chosen, on validation days.</summary>
    public static readonly IReadOnlyList<string> Learners = [Cold, "sarsa", Lambda, "expected-sarsa", Double, Dyna, "model-value-iteration", Warm, Shielded, Parallel, "dqn", "dqn-dueling", "sac-target", "a2c", Ppo];

    /// <summary>Learners that are trained once more where violations weigh more.</summary>
    public static readonly IReadOnlyList<string> HeavyLearners = [Cold, Warm, Shielded, "dqn", Ppo];

    private const int ParallelCopies = 8;

    /// <summary>All arms, heuristics first.</summary>
    public IReadOnlyList<Arm> All() =>
    [
        Rule(Reference, cell => ThresholdRule.Default(cell.Delay)),
        Rule(StaticMean, cell => new StaticRule(Math.Clamp((int)Math.Ceiling(cell.Model.MeanFleet), cell.Model.Settings.MinimumVms, cell.Model.Settings.MaximumVms))),
        Rule("target-tracking", _ => new TargetTrackingRule(0.7, Patience: 1)),
        Tuned("static-tuned", cell => RuleTuning.Statics(cell.Model)),
        Tuned(TunedThreshold, cell => RuleTuning.Thresholds(cell.Delay)),
        Tuned("step-scaling-tuned", cell => RuleTuning.StepScalings(cell.Delay)),
        Tuned("target-tracking-tuned", _ => RuleTuning.TargetTrackings()),
        Tuned("pid-tuned", _ => RuleTuning.Pids()),
        .. new[] { "ewma", "holt-winters", "ar", "seasonal-naive" }.Select(method => Tuned(
            $"predictive-{method}", cell => RuleTuning.Predictive(RuleTuning.Forecasters(method, cell.Trace, cell.Delay), cell.Trace.Workload, cell.Delay))),
        new(Oracle, ArmKind.Baseline, (_, _) => [.. Shared([.. cells.SelectMany(cell => cell.Bound())]), .. StudyMetrics.Heavy(_heavy.SelectMany(cell => cell.Bound()))]) { IsDeterministic = true },
        Tabular(Cold, new((c, e, d, s, q) => new QLearning(c, e, d, s, q), HasCurve: true)),
        Tabular("sarsa", new((c, e, d, s, q) => new Sarsa(c, e, d, s, q))),
        Tabular(Lambda, new((c, e, d, s, q) => new SarsaLambda(c, e, d, s, q))),
        Tabular("expected-sarsa", new((c, e, d, s, q) => new ExpectedSarsa(c, e, d, s, q))),
        Tabular(Double, new((c, e, d, s, q) => new DoubleQ(c, e, d, s, q))),
        Tabular(Dyna, new((c, e, d, s, q) => new DynaQ(c, e, d, s, q), HasCurve: true)),
        Tabular("model-value-iteration", new((c, e, d, s, q) => new ModelValueIteration(c, e, d, s, q))),
        Tabular(Warm, new((c, e, d, s, q) => new QLearning(c, e, d, s, q), IsWarm: true)),
        Tabular(Shielded, new((c, e, d, s, q) => new QLearning(c, e, d, s, q), IsShielded: true)),
        Tabular(Parallel, new((c, e, d, s, q) => new QLearning(c, e, d, s, q), HasCurve: true, Copies: ParallelCopies)),
        Tabular(ColdBlind, new((c, e, d, s, q) => new QLearning(c, e, d, s, q), IsBlind: true), StudyCells.Longest(cells)),
        Deep("dqn", DeepArms.Values, StudyCells.Deep(cells)),
        Deep("dqn-dueling", DeepArms.Dueling, StudyCells.Deep(cells)),
        Deep("sac-target", DeepArms.Targets, StudyCells.Deep(cells)),
        Deep("a2c", DeepArms.Advantage, StudyCells.Deep(cells)),
        Deep(Ppo, DeepArms.Proximal, StudyCells.Deep(cells)),
        Deep(PpoBlind, DeepArms.Proximal with { IsBlind = true }, [.. StudyCells.Longest(cells).Intersect(StudyCells.Deep(cells))]),
    ];

    private Arm Rule(string name, Func<StudyCell, IScalingRule> rule) => Tuned(name, cell => [rule(cell)]);

    // A single candidate has nothing to be tuned: it counts no experience.
    private Arm Tuned(string name, Func<StudyCell, IReadOnlyList<IScalingRule>> candidates) => new(name, ArmKind.Heuristic, (trial, cancellation) =>
    {
        IEnumerable<Measurement> Measure(StudyCell cell)
        {
            cancellation.ThrowIfCancellationRequested();
            var rules = candidates(cell);
            var best = rules.Count == 1 ? rules[0] : RuleTuning.Best(rules, cell.Trace, cell.Model);
            var test = cell.Test(cell.Policy(best), cell.RuleLayout, trial.Seeds);
            return rules.Count == 1 ? test : test.Append(new(StudyMetrics.Experience, cell.Path, rules.Count * cell.TrainingSteps / 1000.0));
        }
        return [.. Shared([.. cells.SelectMany(Measure)]), .. StudyMetrics.Heavy(_heavy.SelectMany(Measure))];
    })
    { IsDeterministic = true };

    private Arm Tabular(string name, TabularArm arm, IReadOnlyList<StudyCell>? where = null) => Learner(name, where ?? cells, (cell, trial, clock, cancellation) =>
        (arm with { HasCurve = arm.HasCurve && cell.Delay == StudyCells.MiddleDelay(cells) }).Run(cell, config, Seeds(trial, cell), clock, cancellation));

    private Arm Deep(string name, DeepArm arm, IReadOnlyList<StudyCell> where) =>
        Learner(name, where, (cell, trial, clock, cancellation) => arm.Run(cell, config, Seeds(trial, cell), device, clock, cancellation));

    private Arm Learner(string name, IReadOnlyList<StudyCell> where, Func<StudyCell, Trial, LearnerClock, CancellationToken, IEnumerable<Measurement>> run) => new(name, ArmKind.Method, (trial, cancellation) =>
    {
        var clock = new LearnerClock();
        var heavy = _heavy.Where(_ => HeavyLearners.Contains(name)).Where(cell => where.Any(other => other.Trace == cell.Trace && other.Delay == cell.Delay));
        return
        [
            .. Shared([.. where.SelectMany(cell => run(cell, trial, clock, cancellation))]),
            .. StudyMetrics.Heavy(heavy.SelectMany(cell => run(cell, trial, clock, cancellation))), .. clock.Measurements(),
        ];
    });

    // Networks are trained on some cells only; this column is over those, so that its rows compare.
    private IEnumerable<Measurement> Shared(IReadOnlyList<Measurement> measured)
    {
        var shared = StudyCells.Deep(cells).SelectMany(cell => cell.TestPaths()).ToHashSet();
        return measured.Concat(measured.Where(m => m.Metric == StudyMetrics.Return && shared.Contains(m.Instance)).Select(m => m with { Metric = StudyMetrics.SharedReturn }));
    }

    // The same branch for every arm: arms of a seed meet the same exploration noise where they draw alike, and pair.
    private static SeedTree Seeds(Trial trial, StudyCell cell) => trial.Seeds.Branch(cell.Path);
}
