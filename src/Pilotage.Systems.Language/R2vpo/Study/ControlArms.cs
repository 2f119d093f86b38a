using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Evaluation;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Systems.Language.R2vpo;

/// <summary>Control tasks: the same loop, networks, credit and step size with a clip, with a bound, and with neither.</summary>
/// <param name="tasks">What is learned.</param>
/// <param name="config">Settings.</param>
/// <param name="device">Where networks are computed; <see langword="null"/> for the managed device.</param>
internal sealed class ControlArms(IReadOnlyList<ControlTask> tasks, R2vpoConfig config, Device? device = null)
{
    public const string Rule = "control-rule", Random = "control-random", Ppo = "control-ppo", Bound = "control-r2vpo", Free = "control-no-constraint";

    private const int CurveEpisodes = 16, FinalEpisodes = 100;

    /// <summary>All arms, rules first.</summary>
    public IReadOnlyList<Arm> All() =>
    [
        Fixed(Rule, task => task.Entry.CreateHeuristic()),
        Fixed(Random, _ => new RandomPolicy()),
        Learning(Ppo, ArmKind.Baseline, (task, seeds) => new Ppo(task.Ppo(config.ClipRadius), Play(task, seeds), seeds, device)),
        Learning(Free, ArmKind.Baseline, (task, seeds) => new R2vpoControl(task.Learner with { Constraint = task.Learner.Constraint with { InitialMultiplier = 0, MultiplierRate = 0 } }, Play(task, seeds), seeds, device)),
        Learning(Bound, ArmKind.Method, (task, seeds) => new R2vpoControl(task.Learner, Play(task, seeds), seeds, device)),
    ];

    private static IVectorEnvironment Play(ControlTask task, SeedTree seeds) => task.Entry.Create(task.Learner.EnvironmentCount, seeds.Environments);

    private Arm Fixed(string name, Func<ControlTask, IPolicy> policy) => new(name, ArmKind.Heuristic, (trial, cancellation) =>
        [.. tasks.SelectMany(task =>
        {
            var returns = PolicyEvaluation.Run(policy(task), task.Entry.Create, FinalEpisodes, Seeds(trial, task).Evaluation, cancellation: cancellation).Mean;
            return new Measurement[] { new(R2vpoMetrics.Score, task.Name, task.Score(returns)), new(R2vpoMetrics.Area, task.Name, task.Score(returns)), new(R2vpoMetrics.Return(task), task.Name, returns) };
        })]);

    private Arm Learning(string name, ArmKind kind, Func<ControlTask, SeedTree, ILearner> make) => new(name, kind, (trial, cancellation) =>
        [.. tasks.SelectMany(task => Train(task, make(task, Seeds(trial, task)), Seeds(trial, task), cancellation))]);

    private static IEnumerable<Measurement> Train(ControlTask task, ILearner learner, SeedTree seeds, CancellationToken cancellation)
    {
        var (scores, variances, clipped) = (new List<double>(), new List<double>(), new List<double>());
        while (learner.Steps < task.Learner.Steps)
        {
            cancellation.ThrowIfCancellationRequested();
            learner.Iterate();
            scores.Add(task.Score(PolicyEvaluation.Run(learner.Policy, task.Entry.Create, CurveEpisodes, seeds.Branch("curve"), cancellation: cancellation).Mean));
            clipped.Add(Figure(learner, "clip_fraction"));
            variances.Add(Figure(learner, "ratio_variance"));
            yield return new(R2vpoMetrics.Curve, FormattableString.Invariant($"{task.Name}/{learner.Steps:D9}"), scores[^1]);
        }
        var returns = PolicyEvaluation.Run(learner.Policy, task.Entry.Create, FinalEpisodes, seeds.Evaluation, cancellation: cancellation).Mean;
        yield return new(R2vpoMetrics.Score, task.Name, task.Score(returns));
        yield return new(R2vpoMetrics.Return(task), task.Name, returns);
        yield return new(R2vpoMetrics.Area, task.Name, scores.Average());
        yield return new(R2vpoMetrics.ControlClipped, task.Name, clipped.Average());
        if (!double.IsNaN(variances[^1])) yield return new(R2vpoMetrics.ControlVariance, task.Name, variances.Average());
    }

    private static double Figure(ILearner learner, string name)
    {
        foreach (var (key, figure) in learner.Diagnostics) if (key == name) return figure;
        return double.NaN;
    }

    // The same branch for every arm: they begin with the same networks, and play the same evaluation episodes.
    private static SeedTree Seeds(Trial trial, ControlTask task) => trial.Seeds.Branch(task.Name);
}
