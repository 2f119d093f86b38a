using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Systems.Language.Gbpo;

/// <summary>GRPO and GBPO with one pass and with many over each batch of the shared laboratory.</summary>
internal sealed class GbpoStudy : IStudy
{
    private readonly double _radius;

    private GbpoStudy(GbpoSystemConfig config, MiniLab.MiniLab lab, bool isWhole, int seedCount)
    {
        (Arms, Claims, SeedCount, _radius) = (new StudyArms(lab, config, isWhole).All(), StudyClaims.All(config.Epochs), seedCount, config.Radius);
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
    public string ReferenceArm => StudyArms.GrpoOnce;

    /// <inheritdoc/>
    public IReadOnlyList<Plot> Plots(StudyOutcome outcome) => new StudyPlots(_radius).All(outcome.Results);

    /// <summary>Shrinks the settings to the scale and makes the study.</summary>
    /// <param name="config">Settings.</param>
    /// <param name="scale">Smoke keeps a few steps; paper has three times as many, and the arms that laptop leaves out.</param>
    /// <param name="seedCount">Training seeds; <see langword="null"/> for the scale's own.</param>
    /// <exception cref="UserMistakeException">Settings cannot be used.</exception>
    public static GbpoStudy Create(GbpoSystemConfig config, Scale scale, int? seedCount)
    {
        UserMistakeException.ThrowIfAny([.. config.Problems()]);
        return new(config, MiniLab.MiniLab.Countdown(config.Lab.At(scale)), isWhole: scale != Scale.Laptop, seedCount ?? scale switch { Scale.Smoke => 1, Scale.Paper => 10, _ => 8 });
    }
}
