using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Systems.Language.Rover;

/// <summary>The parts that a user asked for, with their arms, claims and figures.</summary>
internal sealed class RoverStudy : IStudy
{
    /// <summary>Uniform random choices: what everything here begins with.</summary>
    public const string Uniform = "uniform";

    private const int LaptopSeeds = 8;
    private readonly RoverConfig _config;

    /// <param name="config">Settings, shrunk to the scale.</param>
    /// <param name="scale">Paper adds arms to the countdown part.</param>
    /// <param name="seedCount">Training seeds of each learner.</param>
    public RoverStudy(RoverConfig config, Scale scale, int seedCount)
    {
        (_config, SeedCount) = (config, seedCount);
        var (exact, toy) = (new ExactArms(config), new ToyArms(config));
        var lab = Has(StudyPart.Countdown) ? MiniLab.MiniLab.Countdown(config.Lab) : null;
        Arms =
        [
            .. Has(StudyPart.Exact) || Has(StudyPart.Toy)
                ? [new(Uniform, ArmKind.Heuristic, (trial, _) => [.. Has(StudyPart.Exact) ? exact.Uniform(trial.Seeds) : [], .. Has(StudyPart.Toy) ? toy.Uniform() : []]) { IsDeterministic = true }]
                : Array.Empty<Arm>(),
            .. lab is null ? Array.Empty<Arm>() : [lab.WarmStartArm(CountdownArms.Warm), .. new CountdownArms(lab, config).All(scale)],
            .. Has(StudyPart.Exact) ? exact.All() : [],
            .. Has(StudyPart.Toy) ? toy.All() : [],
        ];
        Claims =
        [
            .. Has(StudyPart.Exact) ? new ExactClaims(config.Trees, config.PlannerTemperatures).All() : [],
            .. Has(StudyPart.Toy) ? new ToyClaims(config.ToySeeds).All() : [],
            .. Has(StudyPart.Countdown) ? CountdownClaims.All() : [],
        ];
    }

    /// <inheritdoc/>
    public IReadOnlyList<Arm> Arms { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims { get; }

    /// <inheritdoc/>
    public int SeedCount { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics => [.. Has(StudyPart.Countdown) ? RoverMetrics.Countdown : [], .. Has(StudyPart.Toy) ? RoverMetrics.Toy : [], .. Has(StudyPart.Exact) ? RoverMetrics.Exact : []];

    /// <inheritdoc/>
    public string ReferenceArm => Has(StudyPart.Countdown) ? CountdownArms.Grpo : Uniform;

    /// <inheritdoc/>
    public IReadOnlyList<Plot> Plots(StudyOutcome outcome) =>
    [
        .. Has(StudyPart.Countdown) ? RoverPlots.Countdown(outcome.Results) : [],
        .. Has(StudyPart.Toy) ? RoverPlots.Toy(outcome.Results) : [],
        .. Has(StudyPart.Exact) ? [RoverPlots.Planners(outcome.Results, _config.PlannerTemperatures)] : Array.Empty<Plot>(),
    ];

    /// <summary>Shrinks the settings to the scale and makes the study.</summary>
    /// <param name="config">Settings.</param>
    /// <param name="scale">Smoke keeps ten trees and a few batches.</param>
    /// <param name="seedCount">Seeds; <see langword="null"/> for the scale's own.</param>
    /// <exception cref="UserMistakeException">Settings cannot be used.</exception>
    public static RoverStudy Create(RoverConfig config, Scale scale, int? seedCount)
    {
        if (scale == Scale.Smoke)
            config = config with { Trees = Math.Min(config.Trees, 10), ToySeeds = Math.Min(config.ToySeeds, 2), ToyBatches = Math.Min(config.ToyBatches, 5) };
        config = config with { Lab = config.Lab.At(scale) };
        UserMistakeException.ThrowIfAny([.. config.Problems()]);
        return new(config, scale, seedCount ?? (scale == Scale.Smoke ? 1 : LaptopSeeds));
    }

    private bool Has(StudyPart part) => _config.Parts.Contains(part);
}
