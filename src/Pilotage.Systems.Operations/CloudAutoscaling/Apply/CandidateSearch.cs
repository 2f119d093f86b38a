using Pilotage.Algorithms;
using Pilotage.Algorithms.Tabular;
using Pilotage.Environments;
using Pilotage.Policies;
using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Tunes the rules and trains the learners on a user's training days.</summary>
internal sealed class CandidateSearch(
    UserHistory history, CloudAutoscalingConfig config, SeedTree seeds, Device device, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation)
{
    /// <summary>Name of the rule that everything is compared with.</summary>
    public const string RuleInUse = "threshold 70/30";

    private const long LeastTabularSteps = 400_000;      // tables need visits, however short the history is

    private readonly StudyTrace _trace = history.Trace;
    private readonly ServiceModel _model = history.Model;
    private readonly ObservationLayout _ruleLayout = new(history.Model.BootSteps, ShowsRow: true);
    private readonly ObservationLayout _layout = new(history.Model.BootSteps);

    /// <summary>Training days until the greedy Q-table first beat the rule in use on the validation days, three times in a row; <see langword="null"/> if it never did.</summary>
    public int? DaysToBeatTheRule { get; private set; }

    /// <summary>All candidates with their reward on validation days, the rule in use first.</summary>
    public IReadOnlyList<Candidate> Run()
    {
        var delay = _model.BootSteps;
        var candidates = new List<Candidate> { Rule(RuleInUse, ThresholdRule.Default(delay)) };
        var grids = new List<(string Name, Func<IReadOnlyList<IScalingRule>> Rules)>
        {
            ("static", () => RuleTuning.Statics(_model)), ("threshold", () => RuleTuning.Thresholds(delay)), ("step scaling", () => RuleTuning.StepScalings(delay)),
            ("target tracking", RuleTuning.TargetTrackings), ("PID", RuleTuning.Pids),
        };
        foreach (var method in new[] { "ewma", "holt-winters", "ar", "seasonal-naive" })
            grids.Add(($"predictive {method}", () => RuleTuning.Predictive(RuleTuning.Forecasters(method, _trace, delay), _trace.Workload, delay)));
        foreach (var (name, rules) in grids)
        {
            Tell(0.3 * candidates.Count / grids.Count, $"tuning {name}");
            candidates.Add(Rule($"{name} tuned", RuleTuning.Best(rules(), _trace, _model)));
        }
        candidates.Add(BestSeed("Q-learning", 0.3, 0.6, Tabular));
        if (config.ApplyPpo) candidates.Add(BestSeed("PPO", 0.6, 0.95, Ppo));
        return candidates;
    }

    private Candidate BestSeed(string name, double from, double to, Func<SeedTree, Candidate> train) => Enumerable.Range(0, config.ApplySeeds).Select(seed =>
    {
        Tell(from + (to - from) * seed / config.ApplySeeds, $"training {name}, seed {seed + 1} of {config.ApplySeeds}");
        return train(seeds.Branch(name).Branch(seed));
    }).MaxBy(candidate => candidate.Validation)!;

    private Candidate Rule(string name, IScalingRule rule)
    {
        var policy = new ScalingPolicy(rule, _model, _ruleLayout);
        return new(name, policy, _ruleLayout, rule.Parameters) { Validation = Validate(policy, _ruleLayout) };
    }

    private Candidate Tabular(SeedTree seed)
    {
        var stepsPerDay = _trace.Workload.StepsPerDay;
        var days = (int)Math.Max((long)config.TrainingPasses * _trace.Days.Training.Count, LeastTabularSteps / stepsPerDay);
        var tabular = config.Tabular with { Steps = (long)days * stepsPerDay, IterationSteps = stepsPerDay, EnvironmentCount = 1 };
        var discretizer = new FleetDiscretizer(_model, _layout, _trace.Workload.Percentile(_trace.Days.Training, 0.99));
        var known = Validate(new ScalingPolicy(ThresholdRule.Default(_model.BootSteps), _model, _ruleLayout), _ruleLayout);
        var values = WarmStart.Cold(discretizer, known, tabular.Discount);
        var learner = new QLearning(tabular, Fleet(rows: 1, DayOrder.InTime, seed), discretizer, seed, values);
        var inRow = 0;
        for (var day = 1; day <= days; day++)
        {
            cancellation.ThrowIfCancellationRequested();
            learner.Iterate();
            if (DaysToBeatTheRule is not null) continue;
            inRow = Validate(learner.Policy, _layout) > known ? inRow + 1 : 0;
            if (inRow == 3) DaysToBeatTheRule = day - 2;
        }
        return new("Q-learning", learner.Policy, _layout, [new("trainingDays", days), new("discount", tabular.Discount)])
        {
            Validation = Validate(learner.Policy, _layout),
            Export = folder => [DecisionTable.Write(folder, values, discretizer, _model)],
        };
    }

    private Candidate Ppo(SeedTree seed)
    {
        var environment = Fleet(config.Ppo.EnvironmentCount, DayOrder.Drawn, seed);
        var learner = new Ppo(config.Ppo, environment, seed, device);
        while (learner.Steps < config.Ppo.Steps)
        {
            cancellation.ThrowIfCancellationRequested();
            learner.Iterate();
        }
        return new("PPO", learner.Policy, _layout, [new("steps", learner.Steps), new("discount", config.Ppo.Discount)])
        {
            Validation = Validate(learner.Policy, _layout),
            Export = folder => Keep(folder, learner, environment.Spec),
        };
    }

    private AutoscalingFleet Fleet(int rows, DayOrder order, SeedTree seed) => new(_trace.Workload, _trace.Days.Training, _model, _layout, rows, order, seed.Environments);

    private double Validate(IPolicy policy, ObservationLayout layout) => DayRuns.MeanReward(policy, _trace.Workload, _trace.Days.Validation, _model, layout, seeds.Validation);

    private void Tell(double share, string text)
    {
        cancellation.ThrowIfCancellationRequested();
        progress?.Report((share, text));
    }

    private static IReadOnlyList<string> Keep(string folder, Ppo learner, EnvironmentSpec spec)
    {
        const string Name = "recommended-policy";
        PolicyFile.Save(learner.Policy, spec, Path.Combine(folder, Name));
        return [Path.Combine(Name, PolicyFile.DescriptionName), Path.Combine(Name, PolicyFile.WeightsName)];
    }
}
