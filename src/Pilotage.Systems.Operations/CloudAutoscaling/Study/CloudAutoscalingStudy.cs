using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Rules, learners and the oracle's bound on the same days of several traces under several boot delays.</summary>
internal sealed class CloudAutoscalingStudy : IStudy
{
    private readonly StudyPlots _plots;

    /// <param name="cells">Traces by boot delays.</param>
    /// <param name="world">Jobs and their market.</param>
    /// <param name="config">Settings.</param>
    /// <param name="seedCount">Training seeds of each learner.</param>
    /// <param name="device">Where networks are computed; <see langword="null"/> for the managed device.</param>
    public CloudAutoscalingStudy(IReadOnlyList<StudyCell> cells, JobWorld world, CloudAutoscalingConfig config, int seedCount, Device? device = null)
    {
        var service = new StudyArms(cells, config, device).All();
        _plots = new(cells, service);
        Arms = [.. service, .. new JobArms(world, config, device).All()];
        Claims = [.. new StudyClaims(cells, StudyCells.Heavy(cells, config.HeavyViolationWeight), [.. service.Select(arm => arm.Name)]).All(), .. JobClaims.All()];
        SeedCount = seedCount;
    }

    /// <inheritdoc/>
    public IReadOnlyList<Arm> Arms { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims { get; }

    /// <inheritdoc/>
    public int SeedCount { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics => [.. StudyMetrics.Table, .. JobMetrics.Table];

    /// <inheritdoc/>
    public string ReferenceArm => StudyArms.Reference;

    /// <inheritdoc/>
    public IReadOnlyList<Plot> Plots(StudyOutcome outcome) => _plots.All(outcome.Results);

    /// <summary>Reads or generates the traces, shrinks them to the scale, and makes the study.</summary>
    /// <param name="config">Settings.</param>
    /// <param name="scale">Smoke keeps two traces, two delays, few days and steps.</param>
    /// <param name="seedCount">Seeds; <see langword="null"/> for the scale's own.</param>
    /// <param name="dataFolder">Real traces; <see langword="null"/> generates three.</param>
    /// <param name="device">Where networks are computed; <see langword="null"/> for the managed device.</param>
    /// <exception cref="UserMistakeException">Data or settings cannot be used.</exception>
    public static CloudAutoscalingStudy Create(CloudAutoscalingConfig config, Scale scale, int? seedCount, string? dataFolder, Device? device = null)
    {
        UserMistakeException.ThrowIfAny([.. config.Problems(), .. config.Service.Problems(stepSeconds: 60), .. config.Jobs.Problems()]);
        var vmRequests = config.Service.VmRequestsPerMinute;                            // the traces' step is a minute
        var traces = dataFolder is null ? StudyTrace.GenerateAll(SeedTree.Root(0).Branch("workload"), vmRequests) : StudyTrace.ReadAll(dataFolder, vmRequests);
        var delays = config.Delays;
        if (scale == Scale.Smoke)
        {
            traces = [.. traces.Take(2).Select(trace => trace.Shortened(training: 4, test: 2))];
            delays = [.. delays.Order().TakeLast(2)];
            config = config with
            {
                TrainingPasses = Math.Min(config.TrainingPasses, 2),
                Ppo = config.Ppo with { Steps = Math.Min(config.Ppo.Steps, 2L * config.Ppo.Horizon * config.Ppo.EnvironmentCount) },
                Dqn = config.Dqn with { Steps = Math.Min(config.Dqn.Steps, 3000) },
                A2c = config.A2c with { Steps = Math.Min(config.A2c.Steps, 4096) },
                Sac = config.Sac with { Steps = Math.Min(config.Sac.Steps, 2000), LearningStarts = Math.Min(config.Sac.LearningStarts, 500) },
                JobPpo = config.JobPpo with { Steps = Math.Min(config.JobPpo.Steps, 2L * config.JobPpo.Horizon * config.JobPpo.EnvironmentCount) },
                JobDqn = config.JobDqn with { Steps = Math.Min(config.JobDqn.Steps, 2000) },
            };
        }
        if (scale == Scale.Paper)
        {
            config = config with
            {
                TrainingPasses = 4 * config.TrainingPasses,
                Ppo = config.Ppo with { Steps = 5 * config.Ppo.Steps },
                Dqn = config.Dqn with { Steps = 5 * config.Dqn.Steps },
                A2c = config.A2c with { Steps = 5 * config.A2c.Steps },
                Sac = config.Sac with { Steps = 5 * config.Sac.Steps },
            };
        }
        var shown = delays.MinBy(delay => Math.Abs(delay - 3));
        List<StudyCell> cells = [.. traces.SelectMany(trace => delays.Select(delay => new StudyCell(trace, config.Service, delay) { HasTimeline = trace == traces[0] && delay == shown }))];
        var world = JobWorld.Draw(config.Jobs, SeedTree.Root(0).Branch("jobs"), isSmall: scale == Scale.Smoke);
        return new(cells, world, config, seedCount ?? scale switch { Scale.Smoke => 1, Scale.Paper => 20, _ => LaptopSeeds }, device);
    }

    private const int LaptopSeeds = 10;                  // 2^-10 times three traces is below 0.01, the strictest level
}
