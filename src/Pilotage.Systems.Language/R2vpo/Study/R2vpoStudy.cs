using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Tensors;

namespace Pilotage.Systems.Language.R2vpo;

/// <summary>The parts that a user asked for, with their arms, claims and figures.</summary>
internal sealed class R2vpoStudy : IStudy
{
    /// <summary>The policy as it is before any update: what every table compares with where nothing better decides today.</summary>
    public const string NoUpdate = "no-update";

    private const int LaptopSeeds = 8;
    private readonly R2vpoConfig _config;
    private readonly IReadOnlyList<ControlTask> _tasks;
    private readonly IReadOnlyList<Arm> _fresh, _stored;

    /// <param name="config">Settings, shrunk to the scale.</param>
    /// <param name="scale">Paper adds arms to the countdown parts.</param>
    /// <param name="seedCount">Training seeds of each learner.</param>
    /// <param name="device">Where networks are computed; <see langword="null"/> for the managed device.</param>
    public R2vpoStudy(R2vpoConfig config, Scale scale, int seedCount, Device? device = null)
    {
        (_config, SeedCount) = (config, seedCount);
        _tasks = Has(StudyPart.Control) ? ControlTask.All(config.Control) : [];
        var (exact, rare, lab) = (new ExactArms(config), new RareArms(config), HasCountdown ? MiniLab.MiniLab.Countdown(config.Lab) : null);
        var countdown = lab is null ? null : new CountdownArms(lab, config);
        (_fresh, _stored) = (countdown?.OfFresh(scale) ?? [], Has(StudyPart.Replay) ? countdown!.OfStored(scale) : []);
        Arms =
        [
            .. Has(StudyPart.Exact) || Has(StudyPart.Rare)
                ? [new(NoUpdate, ArmKind.Heuristic, (trial, _) => [.. Has(StudyPart.Exact) ? exact.Staying(trial.Seeds) : [], .. Has(StudyPart.Rare) ? rare.Staying() : []]) { IsDeterministic = true }]
                : Array.Empty<Arm>(),
            .. lab is null ? Array.Empty<Arm>() : [lab.WarmStartArm(CountdownArms.Warm)],
            .. _fresh,
            .. _stored,
            .. Has(StudyPart.Exact) ? exact.All() : [],
            .. Has(StudyPart.Rare) ? rare.All() : [],
            .. Has(StudyPart.Control) ? new ControlArms(_tasks, config, device).All() : [],
        ];
        Claims =
        [
            .. Has(StudyPart.Exact) ? new ExactClaims(config.Bandits).All() : [],
            .. Has(StudyPart.Rare) ? new RareClaims(config.RareSearches, config.RareLearningRates).All() : [],
            .. Has(StudyPart.Countdown) ? CountdownClaims.OfFresh() : [],
            .. Has(StudyPart.Replay) ? CountdownClaims.OfStored() : [],
            .. Has(StudyPart.Control) ? new ControlClaims(_tasks).All() : [],
        ];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Arm> Arms { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims { get; }

    /// <inheritdoc/>
    public int SeedCount { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics =>
    [
        .. HasCountdown ? R2vpoMetrics.Countdown : [],
        .. Has(StudyPart.Exact) ? R2vpoMetrics.Exact : [],
        .. Has(StudyPart.Rare) ? R2vpoMetrics.Rare(_config.RareLearningRates) : [],
        .. Has(StudyPart.Control) ? R2vpoMetrics.Control(_tasks) : [],
    ];

    /// <inheritdoc/>
    public string ReferenceArm => HasCountdown ? CountdownArms.Grpo : Has(StudyPart.Exact) ? ExactArms.Clip : Has(StudyPart.Rare) ? RareArms.Clip : ControlArms.Ppo;

    /// <inheritdoc/>
    public IReadOnlyList<Plot> Plots(StudyOutcome outcome) =>
    [
        .. HasCountdown ? CountdownPlots.OfFresh(outcome.Results, _config, [.. _fresh.Select(arm => arm.Name)]) : [],
        .. Has(StudyPart.Replay) ? CountdownPlots.OfStored(outcome.Results, _config, [.. _stored.Select(arm => arm.Name)]) : [],
        .. Has(StudyPart.Rare) ? RarePlots.All(outcome.Results, _config.RareLearningRates) : [],
        .. Has(StudyPart.Control) ? ControlPlots.All(outcome.Results, _tasks) : [],
    ];

    /// <summary>Shrinks the settings to the scale and makes the study.</summary>
    /// <param name="config">Settings.</param>
    /// <param name="scale">Smoke keeps a few decisions and searches, and two iterations of control.</param>
    /// <param name="seedCount">Seeds; <see langword="null"/> for the scale's own.</param>
    /// <param name="device">Where networks are computed; <see langword="null"/> for the managed device.</param>
    /// <exception cref="UserMistakeException">Settings cannot be used.</exception>
    public static R2vpoStudy Create(R2vpoConfig config, Scale scale, int? seedCount, Device? device = null)
    {
        if (scale == Scale.Smoke)
        {
            var batch = (long)config.Control.Horizon * config.Control.EnvironmentCount;
            config = config with
            {
                Bandits = Math.Min(config.Bandits, 10),
                RareSearches = Math.Min(config.RareSearches, 2),
                RareSteps = Math.Min(config.RareSteps, 5),
                Control = config.Control with { Steps = Math.Min(config.Control.Steps, 2 * batch) },
            };
        }
        config = config with { Lab = config.Lab.At(scale) };
        UserMistakeException.ThrowIfAny([.. config.Problems(), .. config.Control.Problems()]);
        return new(config, scale, seedCount ?? scale switch { Scale.Smoke => 1, Scale.Paper => 10, _ => LaptopSeeds }, device);
    }

    private bool HasCountdown => Has(StudyPart.Countdown) || Has(StudyPart.Replay);

    private bool Has(StudyPart part) => _config.Parts.Contains(part);
}
