using Pilotage.Evaluation;
using Pilotage.Language.Algorithms;
using Pilotage.Language.Groups;
using Pilotage.Systems.Language.Baselines;
using Pilotage.Systems.Language.MiniLab;

namespace Pilotage.Systems.Language.R2vpo;

/// <summary>Countdown puzzles: the same policy, answers, batches and step size under clips, under the bound and under nothing; from fresh answers and with stored ones beside them.</summary>
/// <param name="lab">The laboratory.</param>
/// <param name="config">Settings.</param>
internal sealed class CountdownArms(MiniLab.MiniLab lab, R2vpoConfig config)
{
    public const string Warm = "warm-start", Grpo = "grpo", Higher = "grpo-clip-higher", Gspo = "gspo", Reference = "grpo-kl", Free = "no-constraint", Fixed = "r2vpo-fixed", Bound = "r2vpo";

    public const string GrpoReplay = "grpo-replay", OneSidedReplay = "rec-nois-replay", DiscardReplay = "discard-replay", BoundReplay = "r2vpo-replay", AgedReplay = "r2vpo-replay-per-age";

    private const float SequenceLower = 0.05f, SequenceUpper = 0.07f;   // answers of half a dozen tokens: ratios of whole answers move more than those of long ones
    private static readonly string[] Kept = ["ratio_variance", "constrained_variance", "robust_variance", "largest_ratio", "multiplier", "approx_kl", "clip_fraction", "weight_age_0", "weight_age_1", "weight_age_2", "weight_age_3", "weight_age_4"];

    private static ReplayConfig Fresh { get; } = new();

    /// <summary>Arms that learn from fresh answers. Paper scale adds ratios of whole answers and a price on the divergence from the warm start.</summary>
    /// <param name="scale">Which.</param>
    public IReadOnlyList<Arm> OfFresh(Scale scale) =>
    [
        Arm(Grpo, ArmKind.Baseline, t => new Grpo(new() { Batch = t.Batch, ClipRadius = config.ClipRadius, ReferenceWeight = 0 }, t.Model, t.Sampler, t.Problems, t.Seeds)),
        Arm(Higher, ArmKind.Baseline, t => Replayed(t, GroupReplay.Clipped((float)config.ClipRadius, (float)config.HigherClipRadius), Fresh)),
        .. scale != Scale.Paper ? Array.Empty<Arm>() :
        [
            Arm(Gspo, ArmKind.Baseline, t => new Gspo(new() { Batch = t.Batch, LowerRadius = SequenceLower, UpperRadius = SequenceUpper }, t.Model, t.Sampler, t.Problems, t.Seeds)),
            Arm(Reference, ArmKind.Baseline, t => new Grpo(new() { Batch = t.Batch, ClipRadius = config.ClipRadius, ReferenceWeight = config.ReferenceWeight }, t.Model, t.Sampler, t.Problems, t.Seeds)),
        ],
        Arm(Free, ArmKind.Baseline, t => Bounded(t, config.Constraint with { InitialMultiplier = 0, MultiplierRate = 0 }, Fresh)),
        Arm(Fixed, ArmKind.Method, t => Bounded(t, config.Constraint with { InitialMultiplier = config.FixedMultiplier, MultiplierRate = 0 }, Fresh)),
        Arm(Bound, ArmKind.Method, t => Bounded(t, config.Constraint, Fresh)),
    ];

    /// <summary>Arms that learn from stored answers too. Paper scale adds two other treatments of stale answers and a bound for each age.</summary>
    /// <param name="scale">Which.</param>
    public IReadOnlyList<Arm> OfStored(Scale scale) =>
    [
        Arm(GrpoReplay, ArmKind.Baseline, t => Replayed(t, GroupReplay.Clipped((float)config.ClipRadius, (float)config.ClipRadius), config.Replay)),
        Arm(BoundReplay, ArmKind.Method, t => Bounded(t, config.Constraint, config.Replay)),
        .. scale != Scale.Paper ? Array.Empty<Arm>() :
        [
            Arm(OneSidedReplay, ArmKind.Baseline, t => Replayed(t, GroupReplay.OneSided((float)config.ClipRadius), config.Replay)),
            Arm(DiscardReplay, ArmKind.Baseline, t => Replayed(t, GroupReplay.Discarding((float)config.ClipRadius), config.Replay)),
            Arm(AgedReplay, ArmKind.Method, t => Bounded(t, config.Constraint with { Scope = ConstraintScope.PerAge }, config.Replay)),
        ],
    ];

    private static GroupReplay Replayed(MiniLabTrial t, TokenTerms terms, ReplayConfig replay) => new(terms, t.Batch, replay, t.Model, t.Sampler, t.Problems, t.Seeds);

    private R2vpo Bounded(MiniLabTrial t, RatioVarianceConfig constraint, ReplayConfig replay) =>
        new(new() { Batch = t.Batch, Constraint = constraint, Replay = replay, RatioLevel = config.RatioLevel }, t.Model, t.Sampler, t.Problems, t.Seeds);

    private Arm Arm(string name, ArmKind kind, Func<MiniLabTrial, ILanguageLearner> make) =>
        lab.Arm(name, kind, t => new RecordedLearner(make(t)), (t, learner) => More((RecordedLearner)learner, t.Task.Name));

    private IEnumerable<Measurement> More(RecordedLearner learner, string task)
    {
        foreach (var measurement in learner.Curves(task, Kept)) yield return measurement;
        var variances = learner.History("ratio_variance");
        yield return new(R2vpoMetrics.WithinBound, task, BoundKept.Share(variances, config.Constraint.Bound / 2, 2 * config.Constraint.Bound));
        yield return new(R2vpoMetrics.BeyondBound, task, BoundKept.Share(variances, 2 * config.Constraint.Bound, double.PositiveInfinity));
        foreach (var name in new[] { "multiplier", "robust_variance" })
            if (learner.History(name) is { Count: > 0 } values) yield return new(name, task, values.Average());
        if (learner.History("largest_ratio") is { Count: > 0 } ratios) yield return new("largest_ratio", task, ratios.Max());
    }
}
