using Pilotage.Evaluation;
using Pilotage.Language.Algorithms;
using Pilotage.Language.Groups;
using Pilotage.Systems.Language.MiniLab;

namespace Pilotage.Systems.Language.Gbpo;

/// <summary>The competitors: the warm start, GRPO and GBPO with one pass and with many over each batch, and GBPO's ablations.</summary>
/// <param name="lab">The laboratory.</param>
/// <param name="config">Settings.</param>
/// <param name="isWhole">Whether GRPO at its usual radius and the loss TV are there too.</param>
internal sealed class StudyArms(MiniLab.MiniLab lab, GbpoSystemConfig config, bool isWhole)
{
    /// <summary>Names of the arms; "many" makes many passes over each batch.</summary>
    public const string WarmStart = "warm-start", GrpoOnce = "grpo-once", GrpoMany = "grpo-many", GrpoNarrow = "grpo-many-0.2", GbpoOnce = "gbpo-once", GbpoMany = "gbpo-many", Mean = "gbpo-many-mean",
        Unweighted = "gbpo-many-tv";

    private const double UsualRadius = 0.2;

    /// <summary>All arms.</summary>
    public IReadOnlyList<Arm> All() =>
    [
        lab.WarmStartArm(WarmStart),
        Grpo(GrpoOnce, 1, config.Radius),
        Grpo(GrpoMany, config.Epochs, config.Radius),
        Bounded(GbpoOnce, 1, settings => settings),
        Bounded(GbpoMany, config.Epochs, settings => settings),
        Bounded(Mean, config.Epochs, settings => settings with { UseMedian = false }),
        .. isWhole ? [Grpo(GrpoNarrow, config.Epochs, UsualRadius), Bounded(Unweighted, config.Epochs, settings => settings with { Loss = GbpoLoss.Tv })] : Array.Empty<Arm>(),
    ];

    private Arm Grpo(string name, int epochs, double radius) => Arm(name, ArmKind.Baseline, run =>
        new Grpo(new() { Batch = run.Batch with { Epochs = epochs }, ClipRadius = radius, ReferenceWeight = 0 }, run.Model, run.Sampler, run.Problems, run.Seeds));

    private Arm Bounded(string name, int epochs, Func<GbpoConfig, GbpoConfig> change) => Arm(name, ArmKind.Method, run =>
        new Gbpo(change(config.Learner with { Batch = run.Batch with { Epochs = epochs }, LowerRadius = config.Radius, UpperRadius = config.Radius }), run.Model, run.Sampler, run.Problems, run.Seeds));

    private Arm Arm(string name, ArmKind kind, Func<MiniLabTrial, ILanguageLearner> make) => lab.Arm(name, kind, run => new RecordedLearner(make(run)), (run, learner) => Spread(run, (RecordedLearner)learner));

    private static IEnumerable<Measurement> Spread(MiniLabTrial run, RecordedLearner learner)
    {
        foreach (var (figure, metric, curve) in new[] { ("ratio_spread_p99", StudyMetrics.Spread, StudyMetrics.CurveSpread), ("ratio_p01", StudyMetrics.Low, StudyMetrics.CurveLow), ("ratio_p99", StudyMetrics.High, StudyMetrics.CurveHigh) })
        {
            var history = learner.History(figure);
            yield return new(metric, run.Task.Name, history.Average());
            for (var i = 0; i < history.Count; i++) yield return new(curve, MiniLabMetrics.Instance(run.Task.Name, i + 1), history[i]);
        }
    }
}
