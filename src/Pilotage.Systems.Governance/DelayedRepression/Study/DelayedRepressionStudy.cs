using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>Three ways of deciding and a learning regulator on the same societies, and the feedback loop against its closed form.</summary>
internal sealed class DelayedRepressionStudy : IStudy
{
    private readonly StudyPlots _plots;

    private DelayedRepressionStudy(DelayedRepressionConfig config, SocietyDesign design, int loops, int delays, int seedCount)
    {
        var arms = new StudyArms(config, design, loops, delays);
        (Arms, Claims, SeedCount) = (arms.All(), new StudyClaims(design).All(), seedCount);
        _plots = new(config, design, arms.Diagrammed);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Arm> Arms { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims { get; }

    /// <inheritdoc/>
    public int SeedCount { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics => StudyMetrics.Table;

    /// <inheritdoc/>
    public string ReferenceArm => StudyArms.Fixed;

    /// <inheritdoc/>
    public IReadOnlyList<Plot> Plots(StudyOutcome outcome) => _plots.All(outcome.Results);

    /// <summary>Makes the study.</summary>
    /// <param name="config">Settings.</param>
    /// <param name="scale">Smoke keeps two delays and one cell of each kind; laptop is the paper's design; paper has more seeds.</param>
    /// <param name="seedCount">Seeds; <see langword="null"/> for the scale's own.</param>
    /// <exception cref="UserMistakeException">Settings cannot be used.</exception>
    public static DelayedRepressionStudy Create(DelayedRepressionConfig config, Scale scale, int? seedCount)
    {
        UserMistakeException.ThrowIfAny([.. config.Problems()]);
        var design = SocietyDesign.Of(config);
        return scale switch
        {
            Scale.Smoke => new(config, design.Shortened(), loops: 2, delays: 12, seedCount ?? 5),
            Scale.Paper => new(config, design, loops: 100, delays: 80, seedCount ?? 200),
            _ => new(config, design, loops: 24, delays: 80, seedCount ?? 50),
        };
    }
}
