using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Systems.Language.Rec;

/// <summary>Members of the family with fresh and with lagging answers, and the exact bandit.</summary>
internal sealed class RecStudy : IStudy
{
    private const int LaptopSeeds = 8;
    private readonly MiniLab.MiniLab _lab;

    /// <param name="lab">The laboratory.</param>
    /// <param name="config">Settings.</param>
    /// <param name="scale">Which arms.</param>
    /// <param name="seedCount">Training seeds of each arm.</param>
    public RecStudy(MiniLab.MiniLab lab, RecConfig config, Scale scale, int seedCount)
    {
        (_lab, SeedCount) = (lab, seedCount);
        Arms = new RecArms(lab, config).All(scale);
        Claims = new RecClaims(lab.Task.Name).All();
    }

    /// <inheritdoc/>
    public IReadOnlyList<Arm> Arms { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims { get; }

    /// <inheritdoc/>
    public int SeedCount { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics => RecMetrics.Table;

    /// <inheritdoc/>
    public string ReferenceArm => RecArms.WarmStart;

    /// <inheritdoc/>
    public IReadOnlyList<Plot> Plots(StudyOutcome outcome) => new RecPlots(_lab.Task.Name).All(outcome.Results);

    /// <summary>Shrinks the settings to the scale and makes the study.</summary>
    /// <param name="config">Settings.</param>
    /// <param name="scale">How much to run.</param>
    /// <param name="seedCount">Seeds; <see langword="null"/> for the scale's own.</param>
    /// <returns>The study.</returns>
    /// <exception cref="UserMistakeException">Settings cannot be used.</exception>
    public static RecStudy Create(RecConfig config, Scale scale, int? seedCount)
    {
        UserMistakeException.ThrowIfAny([.. config.Problems(), .. config.Lab.WarmStart.Problems()]);
        return new(MiniLab.MiniLab.Countdown(config.Lab.At(scale)), config, scale, seedCount ?? (scale == Scale.Smoke ? 1 : LaptopSeeds));
    }
}
