using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Systems.Language.DcpoDistribution;

/// <summary>Expected updates on bandits.</summary>
internal sealed class DcpoStudy : IStudy
{
    private readonly DcpoSystemConfig _config;

    private DcpoStudy(DcpoSystemConfig config, int seedCount)
    {
        var bandits = new BanditArms(config.BanditTargets, config.BanditDraws, config.BanditUpdates);
        (_config, SeedCount) = (config, seedCount);
        Arms = bandits.All();
        Claims = new BanditClaims(config.BanditTargets, bandits.Instances).All();
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
    public string ReferenceArm => BanditArms.Grpo;

    /// <inheritdoc/>
    public IReadOnlyList<Plot> Plots(StudyOutcome outcome) => new StudyPlots(_config).All(outcome.Results);

    /// <summary>Shrinks the settings to the scale and makes the study.</summary>
    /// <param name="config">Settings.</param>
    /// <param name="scale">Smoke keeps one set point and one start of each kind.</param>
    /// <param name="seedCount">Training seeds; <see langword="null"/> for the scale's own.</param>
    /// <exception cref="UserMistakeException">Settings cannot be used.</exception>
    public static DcpoStudy Create(DcpoSystemConfig config, Scale scale, int? seedCount)
    {
        UserMistakeException.ThrowIfAny([.. config.Problems()]);
        if (scale == Scale.Smoke) config = config with { BanditTargets = [config.BanditTargets[0]], BanditDraws = 1, BanditUpdates = Math.Min(config.BanditUpdates, 2_000) };
        return new(config, seedCount ?? scale switch { Scale.Smoke => 1, Scale.Paper => 10, _ => 8 });
    }
}
