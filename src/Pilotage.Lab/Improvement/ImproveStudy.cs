using System.Globalization;
using Pilotage.Environments;
using Pilotage.Evaluation;
using Pilotage.Policies;

namespace Pilotage.Lab.Improvement;

/// <summary>The rule and some learners on the same episodes: once to choose settings, without claims, and once for the verdict.</summary>
internal sealed class ImproveStudy : IStudy
{
    /// <summary>The arm of the rule that decides today.</summary>
    public const string RuleArm = "your-rule";

    /// <summary>Undiscounted sum of rewards per episode.</summary>
    public const string Return = "return";

    /// <summary>Mean return of a trained policy on validation episodes: which training seed's policy is kept. In no table.</summary>
    public const string ValidationReturn = "validation_return";

    private readonly Func<int, SeedTree, IVectorEnvironment> _make;
    private readonly IPolicy _rule;
    private readonly int _episodes;
    private readonly Action<Candidate, long> _tell;

    /// <summary>Puts a study together.</summary>
    /// <param name="make">Makes the environment.</param>
    /// <param name="rule">The rule.</param>
    /// <param name="arms">Name and candidate of each learner's arm.</param>
    /// <param name="seeds">Training seeds.</param>
    /// <param name="episodes">Evaluation episodes of each seed.</param>
    /// <param name="isJudged">Whether each learner is claimed to earn more than the rule.</param>
    /// <param name="tell">Told the steps that a candidate's training took since it told last; by any thread.</param>
    public ImproveStudy(
        Func<int, SeedTree, IVectorEnvironment> make, IPolicy rule, IReadOnlyList<(string Name, Candidate Candidate)> arms, int seeds, int episodes, bool isJudged, Action<Candidate, long> tell)
    {
        (_make, _rule, _episodes, _tell, SeedCount) = (make, rule, episodes, tell, seeds);
        Spec = make(1, SeedTree.Root(0)).Spec;
        Metrics = [new(Return, $"return ({Spec.RewardUnit} per episode)", HigherIsBetter: true)];
        Arms =
        [
            new(RuleArm, ArmKind.Heuristic, (trial, cancellation) => Evaluate(rule, trial.Seeds.Evaluation, cancellation)),
            new("random", ArmKind.Baseline, (trial, cancellation) => Evaluate(new RandomPolicy(), trial.Seeds.Evaluation, cancellation)),
            .. arms.Select(arm => new Arm(arm.Name, ArmKind.Method, (trial, cancellation) => Train(arm.Candidate, trial, cancellation))),
        ];
        var judging = new EffectRule { Comparisons = arms.Count };
        Claims = !isJudged ? [] : [.. arms.Select(arm => judging.Claim(
            arm.Name, $"{arm.Name} ({arm.Candidate.Variant} settings) earns more than your rule on the same episodes", "this program", Region.Above(0),
            (results, effectRule) => PairedEffect.Of(results, arm.Name, RuleArm, Return, effectRule)))];
    }

    /// <summary>The environment's description.</summary>
    public EnvironmentSpec Spec { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Arm> Arms { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims { get; }

    /// <inheritdoc/>
    public int SeedCount { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics { get; }

    /// <inheritdoc/>
    public string ReferenceArm => RuleArm;

    /// <summary>Trains a candidate to its end.</summary>
    /// <param name="candidate">Learner and settings.</param>
    /// <param name="seeds">The training's node; the same node gives the same policy, bit for bit.</param>
    /// <param name="cancellation">Looked at between iterations.</param>
    /// <returns>The learner and its policy.</returns>
    public (Training.ILearner Learner, IPolicy Policy) Train(Candidate candidate, SeedTree seeds, CancellationToken cancellation)
    {
        var (learner, policy) = candidate.Begin(_make, _rule, seeds);
        var steps = TrainingRun.StepsOf(candidate.Algorithm.Settings, candidate.Settings);
        while (learner.Steps < steps)
        {
            cancellation.ThrowIfCancellationRequested();
            var before = learner.Steps;
            learner.Iterate();
            _tell(candidate, learner.Steps - before);
        }
        return (learner, policy);
    }

    private List<Measurement> Train(Candidate candidate, Trial trial, CancellationToken cancellation)
    {
        var (learner, policy) = Train(candidate, trial.Seeds, cancellation);
        var measurements = Evaluate(policy, trial.Seeds.Evaluation, cancellation);
        measurements.Add(new(ValidationReturn, "", Play(policy, trial.Seeds.Validation, cancellation).Mean));
        measurements.AddRange(new LearnerClock().Add(learner).Measurements());
        return measurements;
    }

    private List<Measurement> Evaluate(IPolicy policy, SeedTree seeds, CancellationToken cancellation) =>
    [
        .. Play(policy, seeds, cancellation).Returns.Select((value, episode) => new Measurement(Return, string.Create(CultureInfo.InvariantCulture, $"episode-{episode:D6}"), value)),
    ];

    // One row for each episode, so that an episode's chance does not depend on how long the ones before it took: arms pair by it.
    private EpisodeReturns Play(IPolicy policy, SeedTree seeds, CancellationToken cancellation) => PolicyEvaluation.Run(policy, _make, _episodes, seeds, rows: _episodes, cancellation);
}
