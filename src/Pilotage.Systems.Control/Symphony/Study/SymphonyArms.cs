using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Statistics;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Systems.Control.Symphony;

/// <summary>The competitors: rules, SAC, Symphony and what is left of it without its parts.</summary>
/// <param name="tasks">Where they run.</param>
/// <param name="device">Where networks are computed; <see langword="null"/> for the managed device.</param>
internal sealed class SymphonyArms(IReadOnlyList<SymphonyTask> tasks, Device? device = null)
{
    public const string Rule = "rule", Still = "no-action", Random = "random", Sac = "sac", Td3 = "td3", Method = "symphony";

    public const string NoSwaddling = "no-swaddling", Uniform = "uniform-replay", NoFill = "no-norm-fill", Plain = "plain-value", Loud = "double-noise";

    /// <summary>Learners that Symphony is to be gentler than.</summary>
    public static readonly IReadOnlyList<string> Baselines = [Sac, Td3];

    /// <summary>Symphony without one of its parts.</summary>
    public static readonly IReadOnlyList<(string Name, Func<SymphonyConfig, SymphonyConfig> Change)> Ablations =
    [
        (NoSwaddling, config => config with { Swaddling = false }),
        (Uniform, config => config with { Fading = false }),
        (NoFill, config => config with { NormFill = false }),
        (Plain, config => config with { TemporalAdvantage = false }),
        (Loud, config => config with { NoiseDeviation = 2 * config.Deviation }),
    ];

    /// <summary>All arms, heuristics first.</summary>
    public IReadOnlyList<Arm> All() =>
    [
        Fixed(Rule, task => task.Entry.CreateHeuristic()),
        Fixed(Still, task => task.Still),
        Fixed(Random, _ => new RandomPolicy()),
        Learner(Sac, ArmKind.Baseline, (task, environment, seeds) => new Sac(task.Sac, environment, seeds, device)),
        Learner(Td3, ArmKind.Baseline, (task, environment, seeds) => new Td3(task.Td3, environment, seeds, device)),
        Learner(Method, ArmKind.Method, (task, environment, seeds) => new SymphonyLearner(task.Method, environment, seeds, device)),
        .. Ablations.Select(ablation => Learner(
            ablation.Name, ArmKind.Method, (task, environment, seeds) => new SymphonyLearner(ablation.Change(task.Method), environment, seeds, device), [.. tasks.Where(task => RunsOn(task, ablation.Name))])),
    ];

    /// <summary>Whether an arm runs on a task: ablations that no claim speaks of run on all tasks only where that was asked for.</summary>
    public static bool RunsOn(SymphonyTask task, string arm) => task.AllAblations || arm is not (NoFill or Plain or Loud);

    // Rules play the same final tests as learners do, so that they pair.
    private Arm Fixed(string name, Func<SymphonyTask, IPolicy> make) => new(name, ArmKind.Heuristic, (trial, cancellation) =>
    [
        .. tasks.SelectMany(task =>
        {
            var (actions, returns) = (new ActionTally(), new List<double>());
            foreach (var test in task.FinalTests) returns.AddRange(Test(task, make(task), test, Seeds(trial, task), actions, cancellation));
            return SymphonyMetrics.OfTests(task, Sample.InterquartileMean(returns.ToArray()), actions);
        }),
    ]);

    private Arm Learner(string name, ArmKind kind, Func<SymphonyTask, IVectorEnvironment, SeedTree, ILearner> make, IReadOnlyList<SymphonyTask>? where = null) => new(name, kind, (trial, cancellation) =>
    {
        var clock = new LearnerClock();
        List<Measurement> measured = [.. (where ?? tasks).SelectMany(task => Train(task, make, Seeds(trial, task), clock, cancellation))];
        return [.. measured, .. clock.Measurements()];
    });

    private static IEnumerable<Measurement> Train(
        SymphonyTask task, Func<SymphonyTask, IVectorEnvironment, SeedTree, ILearner> make, SeedTree seeds, LearnerClock clock, CancellationToken cancellation)
    {
        var (training, testing, final) = (new ActionTally(), new ActionTally(), new List<double>());
        var learner = make(task, new ActionGauge(task.Entry.Create(1, seeds), training), seeds);
        var curve = new List<Measurement>();
        for (var test = 1; test <= task.Tests; test++)
        {
            // A test is played at the first pause at or after its mark: learners pause every 256 steps.
            while (learner.Steps < task.MarkOf(test))
            {
                cancellation.ThrowIfCancellationRequested();
                learner.Iterate();
            }
            var isFinal = task.FinalTests.Contains(test);
            var returns = Test(task, learner.Policy, test, seeds, isFinal ? testing : new(), cancellation);
            if (isFinal) final.AddRange(returns);
            curve.Add(new(SymphonyMetrics.On(task, SymphonyMetrics.Curve), FormattableString.Invariant($"{task.Entry.Name}/{task.MarkOf(test):D9}"), Sample.Mean([.. returns])));
        }
        clock.Add(learner);
        return
        [
            .. SymphonyMetrics.OfTests(task, Sample.InterquartileMean(final.ToArray()), testing), .. SymphonyMetrics.OfTraining(task, training),
            // NaN where no episode ended, in short runs of long tasks.
            .. learner.Diagnostics.Where(figure => figure.Key == "episode_return" && double.IsFinite(figure.Value))
                .Select(figure => new Measurement(SymphonyMetrics.On(task, SymphonyMetrics.TrainReturn), task.Entry.Name, figure.Value)),
            .. curve, .. Scales(task, learner),
        ];
    }

    private static IReadOnlyList<double> Test(SymphonyTask task, IPolicy policy, int test, SeedTree seeds, ActionTally actions, CancellationToken cancellation) => PolicyEvaluation.Run(
        policy, (rows, branch) => new ActionGauge(task.Entry.Create(rows, branch), actions), task.TestEpisodes, seeds.Evaluation.Branch(test), cancellation: cancellation).Returns;

    private static IEnumerable<Measurement> Scales(SymphonyTask task, ILearner learner) => learner is not SymphonyLearner symphony ? [] :
        symphony.Episodes.Select((episode, i) => new Measurement(SymphonyMetrics.On(task, SymphonyMetrics.Scale), FormattableString.Invariant($"{task.Entry.Name}/{i + 1:D5}"), episode.Scale));

    // The same branch for every arm: arms of a seed meet the same starts and play the same tests.
    private static SeedTree Seeds(Trial trial, SymphonyTask task) => trial.Seeds.Branch(task.Entry.Name);
}
