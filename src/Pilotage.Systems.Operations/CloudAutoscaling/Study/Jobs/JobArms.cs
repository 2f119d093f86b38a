using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Evaluation;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>The competitors on jobs: rules tuned, learners trained, on training jobs only.</summary>
/// <param name="world">Jobs and market.</param>
/// <param name="config">Settings.</param>
/// <param name="device">Where networks are computed; <see langword="null"/> for the managed device.</param>
internal sealed class JobArms(JobWorld world, CloudAutoscalingConfig config, Device? device = null)
{
    public const string OnDemand = "jobs-on-demand-tuned", Slack = "jobs-slack-tuned", Bound = "jobs-bound", Ppo = "jobs-ppo", Dqn = "jobs-dqn";

    /// <summary>Learners: among them the best is chosen, on validation jobs.</summary>
    public static readonly IReadOnlyList<string> Learners = [Dqn, Ppo];

    /// <summary>Rules that may lose machines: among them the best is chosen, on validation jobs.</summary>
    public static readonly IReadOnlyList<string> SpotRules = ["jobs-spot-tuned", Slack, "jobs-cheapest-first-tuned"];

    /// <summary>All arms that run jobs: every one but the bound.</summary>
    public static IReadOnlyList<string> Names => ["jobs-on-demand", OnDemand, "jobs-heft-tuned", "jobs-slack", .. SpotRules, .. Learners];

    /// <summary>All arms, heuristics first.</summary>
    public IReadOnlyList<Arm> All() =>
    [
        Rule("jobs-on-demand", () => [new OnDemandRule(Margin: 0.1)]),
        Rule(OnDemand, JobRuleTuning.OnDemand),
        Rule("jobs-heft-tuned", JobRuleTuning.Heft),
        Rule(SpotRules[0], JobRuleTuning.Spot),
        Rule("jobs-slack", () => [new SlackRule(Fallback: 0.3, Margin: 0.1)]),
        Rule(Slack, JobRuleTuning.Slack),
        Rule(SpotRules[2], JobRuleTuning.CheapestFirst),
        new(Bound, ArmKind.Baseline, (_, _) => [.. world.Test.Select((job, i) => new Measurement(JobMetrics.Return, JobWorld.PathOf(i), JobBound.Return(job, world.Future)))]) { IsDeterministic = true },
        Learner(Dqn, config.JobDqn.Steps, config.JobDqn.EnvironmentCount, isJoint: true, (environment, seeds) => new Dqn(config.JobDqn, environment, seeds, device)),
        Learner(Ppo, config.JobPpo.Steps, config.JobPpo.EnvironmentCount, isJoint: false, (environment, seeds) => new Ppo(config.JobPpo, environment, seeds, device)),
    ];

    private Arm Rule(string name, Func<IReadOnlyList<IJobRule>> candidates) => new(name, ArmKind.Heuristic, (trial, cancellation) =>
    {
        cancellation.ThrowIfCancellationRequested();
        var rules = candidates();
        var best = rules.Count == 1 ? rules[0] : JobRuleTuning.Best(rules, world.Past, world.Training);
        var measured = new List<Measurement>(JobMetrics.Of(JobRuns.Figures(fleet => new JobRulePolicy(best, fleet), world.Future, world.Test, trial.Seeds.Evaluation)))
        {
            JobMetrics.Validation(JobRuns.MeanReturn(fleet => new JobRulePolicy(best, fleet), world.Past, world.Validation, trial.Seeds.Validation)),
        };
        if (rules.Count > 1) measured.Add(JobMetrics.Experience(rules.Sum(rule => JobRuns.Steps(fleet => new JobRulePolicy(rule, fleet), world.Past, world.Training, trial.Seeds))));
        return measured;
    })
    { IsDeterministic = true };

    private Arm Learner(string name, long steps, int rows, bool isJoint, Func<IVectorEnvironment, SeedTree, ILearner> make) => new(name, ArmKind.Method, (trial, cancellation) =>
    {
        var (clock, seeds) = (new LearnerClock(), trial.Seeds.Branch("jobs"));
        var environment = new JobFleet(world.Past, world.Training, rows, CaseOrder.Drawn, seeds.Environments, isJoint);
        var learner = make(environment, seeds);
        while (learner.Steps < steps)
        {
            cancellation.ThrowIfCancellationRequested();
            learner.Iterate();
        }
        clock.Add(learner);
        return
        [
            .. JobMetrics.Of(JobRuns.Figures(_ => learner.Policy, world.Future, world.Test, seeds.Evaluation, isJoint)),
            JobMetrics.Validation(JobRuns.MeanReturn(_ => learner.Policy, world.Past, world.Validation, seeds.Validation, isJoint)),
            JobMetrics.TrainingMissed(environment.Jobs.Ended, environment.Jobs.Missed), JobMetrics.Experience(learner.Steps), .. clock.Measurements(),
        ];
    });
}
