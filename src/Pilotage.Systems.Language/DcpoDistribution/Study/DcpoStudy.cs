using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Systems.Language.DcpoDistribution;

/// <summary>Expected updates on bandits (A), and trainings of the shared laboratory (B).</summary>
internal sealed class DcpoStudy : IStudy
{
    private readonly DcpoSystemConfig _config;
    private readonly IReadOnlyList<double> _fractions;
    private readonly TrainingArms _arms;

    private DcpoStudy(DcpoSystemConfig config, MiniLab.MiniLab lab, IReadOnlyList<double> fractions, int seedCount)
    {
        var bandits = new BanditArms(config.BanditTargets, config.BanditDraws, config.BanditUpdates);
        (_config, _fractions, SeedCount) = (config, fractions, seedCount);
        _arms = new(lab, config, fractions);
        Arms = [.. _arms.All(), .. bandits.All()];
        Claims = [.. new BanditClaims(config.BanditTargets, bandits.Instances).All(), .. new TrainingClaims(fractions, TrainingArms.RegularisedFractions(config, fractions)).All()];
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
    public string ReferenceArm => TrainingArms.Grpo;

    /// <inheritdoc/>
    public IReadOnlyList<Plot> Plots(StudyOutcome outcome) => new StudyPlots(_config, _fractions, _arms.StartEntropy).All(outcome.Results);

    /// <summary>Shrinks the settings to the scale and makes the study.</summary>
    /// <param name="config">Settings.</param>
    /// <param name="scale">Smoke keeps one set point, one start of each kind and a few steps; paper has three times the steps.</param>
    /// <param name="seedCount">Training seeds; <see langword="null"/> for the scale's own.</param>
    /// <exception cref="UserMistakeException">Settings cannot be used.</exception>
    public static DcpoStudy Create(DcpoSystemConfig config, Scale scale, int? seedCount)
    {
        UserMistakeException.ThrowIfAny([.. config.Problems()]);
        IReadOnlyList<double> fractions = config.TargetFractions;
        if (scale == Scale.Smoke)
        {
            config = config with { BanditTargets = [config.BanditTargets[0]], BanditDraws = 1, BanditUpdates = Math.Min(config.BanditUpdates, 2_000) };
            fractions = [TrainingArms.Moderate(fractions)];
        }
        var settings = config.Lab.At(scale);
        var lab = config.Task == LabTask.Countdown ? MiniLab.MiniLab.Countdown(settings) : MiniLab.MiniLab.Chain(settings);
        return new(config, lab, fractions, seedCount ?? scale switch { Scale.Smoke => 1, Scale.Paper => 10, _ => 8 });
    }
}
