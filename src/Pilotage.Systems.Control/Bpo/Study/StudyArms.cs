using Pilotage.Evaluation;
using Pilotage.Policies;
using Pilotage.Tensors;

namespace Pilotage.Systems.Control.Bpo;

/// <summary>The competitors: rules and learners on environments, and three ways to improve a policy exactly on random processes.</summary>
/// <param name="tasks">Environments.</param>
/// <param name="config">Settings.</param>
/// <param name="device">Where networks are computed; <see langword="null"/> for the managed device.</param>
internal sealed class StudyArms(IReadOnlyList<ControlTask> tasks, BpoSystemConfig config, Device? device = null)
{
    public const string Heuristic = "heuristic", Random = "random", Ppo = "ppo-clip", PpoWide = "ppo-clip-wide", Bpo = "bpo", Mean = "bpo-mean", Unweighted = "bpo-tv", Divergence = "bpo-kl",
        Warm = "bpo-lambda-0.1", Hot = "bpo-lambda-10", Scaled = "bpo-scaled", ScaledHot = "bpo-scaled-lambda-10", PpoScaled = "ppo-clip-wide-scaled";

    public const string Linear = "exact-bounded", Smooth = "exact-fermi-dirac", MeanTarget = "exact-mean-target";

    private const int Episodes = 100;

    /// <summary>Radius of the band that every arm's ratios are counted against: that of the method.</summary>
    public double Radius => config.Learner.UpperRadius;

    /// <summary>All arms, rules first.</summary>
    public IReadOnlyList<Arm> All() =>
    [
        Rule(Heuristic, task => task.Entry.CreateHeuristic()),
        Rule(Random, _ => new RandomPolicy()),
        Learner(Ppo, ArmKind.Baseline, (task, seeds, where) => RatioLearner.Of(task.Ppo(config.ClipRadius), task.Entry, seeds, where)),
        Learner(PpoWide, ArmKind.Baseline, (task, seeds, where) => RatioLearner.Of(task.Ppo(Radius), task.Entry, seeds, where)),
        Bounded(Bpo, learner => learner),
        Bounded(Mean, learner => learner with { UseMedian = false }),
        Bounded(Unweighted, learner => learner with { Loss = RatioLoss.Tv }),
        Bounded(Divergence, learner => learner with { Loss = RatioLoss.Kl }),
        Bounded(Warm, learner => learner with { Temperature = 0.1 }),
        Bounded(Hot, learner => learner with { Temperature = 10 }),
        Learner(PpoScaled, ArmKind.Baseline, (task, seeds, where) => RatioLearner.Of(task.Ppo(Radius, normalizeRewards: true), task.Entry, seeds, where)),
        Bounded(Scaled, learner => learner with { NormalizeRewards = true }),
        Bounded(ScaledHot, learner => learner with { NormalizeRewards = true, Temperature = 10 }),
        Exact(Linear, ArmKind.Method, BandSteps.Linear(Band)),
        Exact(Smooth, ArmKind.Method, BandSteps.FermiDirac(Band, config.ExactTemperature)),
        Exact(MeanTarget, ArmKind.Baseline, BandSteps.MeanTarget(Radius)),
    ];

    private RatioBand Band => RatioBand.Symmetric(Radius);

    private Arm Rule(string name, Func<ControlTask, IPolicy> policy) => new(name, ArmKind.Heuristic, (trial, cancellation) =>
        [.. tasks.SelectMany(task =>
        {
            var returns = PolicyEvaluation.Run(policy(task), task.Entry.Create, Episodes, Seeds(trial, task).Evaluation, cancellation: cancellation).Mean;
            return new Measurement[] { new(BpoMetrics.Score, task.Name, task.Score(returns)), new(BpoMetrics.Area, task.Name, task.Score(returns)), new(BpoMetrics.Return(task), task.Name, returns) };
        })]);

    private Arm Bounded(string name, Func<BpoConfig, BpoConfig> change) =>
        Learner(name, ArmKind.Method, (task, seeds, where) => RatioLearner.Of(change(task.Learner), task.Entry, seeds, where));

    private Arm Learner(string name, ArmKind kind, Func<ControlTask, SeedTree, Device?, RatioLearner> make) => new(name, kind, (trial, cancellation) =>
    {
        var (arm, clock) = (new ControlArm(make), new LearnerClock());
        return [.. tasks.SelectMany(task => arm.Run(task, Seeds(trial, task), Radius, device, clock, cancellation)), .. clock.Measurements()];
    });

    private Arm Exact(string name, ArmKind kind, BandStep step) => new(name, kind, (_, cancellation) =>
    {
        var measured = new List<Measurement>();
        for (var process = 0; process < config.Processes; process++)
        {
            cancellation.ThrowIfCancellationRequested();
            var random = SeedTree.Root(0).Branch("processes").Branch(process).Start();                  // the same process, first policy and trials for each arm
            var mdp = TabularMdp.Draw(ref random);
            var figures = new ImprovementRun(mdp, Radius).Run(step, config.ExactTemperature, config.Updates, ref random);
            measured.AddRange(BpoMetrics.Of(figures, FormattableString.Invariant($"process/{process:D4}")));
        }
        return measured;
    })
    { IsDeterministic = true };

    // The same branch for every arm: they begin with the same networks, and play the same evaluation episodes.
    private static SeedTree Seeds(Trial trial, ControlTask task) => trial.Seeds.Branch(task.Name);
}
