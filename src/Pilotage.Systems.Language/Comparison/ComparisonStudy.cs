using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Evaluation.Statistics;
using Pilotage.Systems.Language.MiniLab;

namespace Pilotage.Systems.Language.Comparison;

/// <summary>All baselines and the method of each language system: same problems, seeds, warm start, batch and step size.</summary>
internal sealed class ComparisonStudy : IStudy
{
    /// <summary>Name of the arm that does not learn.</summary>
    public const string WarmStart = "warm-start";

    private const int LaptopSeeds = 8;
    private const double Margin = 0.04;
    private readonly MiniLab.MiniLab _lab;

    /// <param name="lab">The laboratory.</param>
    /// <param name="config">Settings.</param>
    /// <param name="seedCount">Training seeds of each arm.</param>
    public ComparisonStudy(MiniLab.MiniLab lab, ComparisonConfig config, int seedCount)
    {
        (_lab, SeedCount) = (lab, seedCount);
        Arms =
        [
            lab.WarmStartArm(WarmStart),
            .. BaselineLearners.Names.Select(baseline => lab.Arm(baseline.Value, ArmKind.Baseline, trial =>
                new BaselineLearners(config, trial.Batch).Make(baseline.Key, trial.Model, trial.Sampler, trial.Problems, trial.Seeds))),
            .. ComparedMethods.All.Select(method => lab.Arm(method.Key, ArmKind.Method, method.Value)),
        ];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Arm> Arms { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims => All();

    /// <inheritdoc/>
    public int SeedCount { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics => [.. MiniLabMetrics.Table, new(MiniLabMetrics.StoppedEarly, "not finite", false)];

    /// <inheritdoc/>
    public string ReferenceArm => WarmStart;

    /// <inheritdoc/>
    public IReadOnlyList<Plot> Plots(StudyOutcome outcome) =>
    [
        Curve(outcome, "baselines-pass", "Baselines", MiniLabMetrics.CurvePass1, "pass@1", ArmKind.Baseline),
        Curve(outcome, "methods-pass", "Methods of the systems", MiniLabMetrics.CurvePass1, "pass@1", ArmKind.Method),
        Curve(outcome, "baselines-entropy", "Entropy of the baselines", MiniLabMetrics.CurveEntropy, "entropy of a token, nats", ArmKind.Baseline),
        Curve(outcome, "methods-entropy", "Entropy of the methods", MiniLabMetrics.CurveEntropy, "entropy of a token, nats", ArmKind.Method),
    ];

    /// <summary>Shrinks the settings to the scale and makes the study.</summary>
    /// <param name="config">Settings.</param>
    /// <param name="scale">How much to run.</param>
    /// <param name="seedCount">Seeds; <see langword="null"/> for the scale's own.</param>
    /// <returns>The study.</returns>
    /// <exception cref="UserMistakeException">Settings cannot be used.</exception>
    public static ComparisonStudy Create(ComparisonConfig config, Scale scale, int? seedCount)
    {
        UserMistakeException.ThrowIfAny([.. config.Problems()]);
        return new(MiniLab.MiniLab.Countdown(config.Lab.At(scale)), config, seedCount ?? (scale == Scale.Smoke ? 1 : LaptopSeeds));
    }

    /// <summary>What the field takes for granted, judged here for each baseline: it learns, and it narrows what the policy can still find.</summary>
    internal static IReadOnlyList<Claim> All()
    {
        var names = BaselineLearners.Names.Values.ToArray();
        var prompts = new EffectRule { Unit = Replication.SeedThenInstance, Comparisons = names.Length, Sides = Sides.One };
        return
        [
            .. names.Select(name => prompts.Claim($"learns-{Slug(name)}", $"{name} ends above the warm start in pass@1", "the method's own paper", Region.Above(0),
                (results, rule) => PairedEffect.Of(results, name, WarmStart, MiniLabMetrics.Pass1, rule), LaptopSeeds)),
            .. names.Select(name => prompts.Claim($"narrows-{Slug(name)}", $"{name} ends below the warm start in pass@64: what it no longer tries it no longer finds", "arXiv:2504.13837", Region.Below(0),
                (results, rule) => PairedEffect.Of(results, name, WarmStart, MiniLabMetrics.Pass64, rule), LaptopSeeds)),
            (prompts with { Comparisons = 1, Sides = Sides.Two }).Claim("dr-grpo-as-grpo", FormattableString.Invariant($"Answers of one length: without its biases GRPO ends the same, within {Margin}"), "arXiv:2503.20783: the biases are of length and of the deviation", Region.Within(0, Margin),
                (results, rule) => PairedEffect.Of(results, BaselineLearners.Names[Baseline.DrGrpo], BaselineLearners.Names[Baseline.Grpo], MiniLabMetrics.Pass1, rule), LaptopSeeds),
        ];
    }

    private static string Slug(string name) => name.Replace("++", "-pp", StringComparison.Ordinal);

    private LinePlot Curve(StudyOutcome outcome, string name, string title, string metric, string y, ArmKind kind) =>
        LaboratoryPlots.Curve(outcome.Results, name, title, _lab.Task.Name, metric, y, [.. Arms.Where(arm => arm.Kind == kind).Select(arm => (arm.Name, arm.Name))]);
}
