using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Tensors;

namespace Pilotage.Systems.Control.Stac;

/// <summary>Rules, SAC, ESTAC and STAC at several betas on the point mass, Pendulum and, where MuJoCo is there, Hopper.</summary>
internal sealed class StacStudy : IStudy
{
    private const int LaptopSeeds = 8;                  // 2^-8 times two tasks is below 0.05
    private static readonly double[] PaperBetas = [0, 0.125, 0.25, 0.375, 0.5];
    private readonly StudyPlots _plots;

    /// <param name="tasks">What is learned.</param>
    /// <param name="config">Settings.</param>
    /// <param name="scale">Smoke plays fewer episodes.</param>
    /// <param name="seedCount">Training seeds of each learner.</param>
    /// <param name="device">Where networks are computed; <see langword="null"/> for the managed device.</param>
    public StacStudy(IReadOnlyList<StudyTask> tasks, StacConfig config, Scale scale, int seedCount, Device? device = null)
    {
        Arms = new StudyArms(tasks, config, scale, device).All();
        Claims = new StudyClaims(tasks, config.Study.Betas).All();
        Metrics = StudyMetrics.Table(tasks);
        SeedCount = seedCount;
        _plots = new(tasks, config.Study.Betas);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Arm> Arms { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims { get; }

    /// <inheritdoc/>
    public int SeedCount { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics { get; }

    /// <inheritdoc/>
    public string ReferenceArm => StudyArms.Rule;

    /// <inheritdoc/>
    public IReadOnlyList<Plot> Plots(StudyOutcome outcome) => _plots.All(outcome.Results);

    /// <summary>Makes the study of a scale.</summary>
    /// <param name="config">Settings.</param>
    /// <param name="scale">Smoke trains for 700 steps; paper has the paper's networks, steps, betas and step size.</param>
    /// <param name="seedCount">Seeds; <see langword="null"/> for the scale's own.</param>
    /// <param name="models">Folder of the MuJoCo models; <see langword="null"/> to leave Hopper out.</param>
    /// <param name="device">Where networks are computed; <see langword="null"/> for the managed device.</param>
    /// <exception cref="UserMistakeException">The settings contradict each other.</exception>
    public static StacStudy Create(StacConfig config, Scale scale, int? seedCount, string? models, Device? device = null)
    {
        UserMistakeException.ThrowIfAny([.. config.Problems()]);
        if (scale == Scale.Paper) config = config with { Hidden = [256, 256], Study = config.Study with { Betas = PaperBetas, LearningRate = 3e-4, BatchSize = config.BatchSize } };
        return new(StudyTasks.Of(config.Study, scale, models), config, scale, seedCount ?? (scale == Scale.Smoke ? 1 : LaptopSeeds), device);
    }
}
