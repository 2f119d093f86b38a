using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Systems.Language.LpReg.Spark;

namespace Pilotage.Systems.Language.LpReg.Study;

/// <summary>Lp-Reg beside GRPO and what else keeps entropy up, on a task where a rare word helps and rarer ones do not.</summary>
internal sealed class LpRegStudy : IStudy
{
    private const int LaptopSeeds = 8;

    /// <param name="lab">The laboratory, of a <see cref="SparkCountdownTask"/>.</param>
    /// <param name="config">Settings.</param>
    /// <param name="seedCount">Training seeds of each arm.</param>
    /// <param name="isWhole">Whether the arms that only the paper's scale has are there.</param>
    public LpRegStudy(MiniLab.MiniLab lab, LpRegSystemConfig config, int seedCount, bool isWhole)
    {
        SeedCount = seedCount;
        Arms = new StudyArms(lab, config, isWhole).All();
    }

    /// <inheritdoc/>
    public IReadOnlyList<Arm> Arms { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims { get; } = StudyClaims.All();

    /// <inheritdoc/>
    public int SeedCount { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics => LpRegMetrics.Table;

    /// <inheritdoc/>
    public string ReferenceArm => StudyArms.Start;

    /// <inheritdoc/>
    public IReadOnlyList<Plot> Plots(StudyOutcome outcome) => StudyPlots.All(outcome.Results);

    /// <summary>Shrinks the settings to the scale and makes the study.</summary>
    /// <param name="config">Settings.</param>
    /// <param name="scale">Smoke: a few steps; paper: three times the steps and five more arms.</param>
    /// <param name="seedCount">Seeds; <see langword="null"/> for the scale's own.</param>
    /// <exception cref="UserMistakeException">Settings cannot be used.</exception>
    public static LpRegStudy Create(LpRegSystemConfig config, Scale scale, int? seedCount)
    {
        var lab = new MiniLab.MiniLab(new SparkCountdownTask(config.Spark), config.Lab.At(scale));
        return new(lab, config, seedCount ?? (scale == Scale.Smoke ? 1 : LaptopSeeds), scale == Scale.Paper);
    }
}
