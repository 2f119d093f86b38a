using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Systems.Language.Hbpo;

/// <summary>HBPO beside GRPO on several rewards and fewer budgets, from one start, on sums where a longer trace makes harder problems solvable.</summary>
internal sealed class HbpoStudy : IStudy
{
    private const int LaptopSeeds = 8;
    private readonly HbpoPlots _plots;

    private HbpoStudy(HbpoStudyConfig config, int seedCount)
    {
        var lab = new HbpoLab(config);
        (Arms, Claims, SeedCount) = (HbpoArms.All(lab, config), new HbpoClaims(lab.Levels).All(), seedCount);
        _plots = new(config.Method, Arms);
    }

    /// <inheritdoc/>
    public IReadOnlyList<Arm> Arms { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims { get; }

    /// <inheritdoc/>
    public int SeedCount { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics => HbpoMetrics.Table;

    /// <inheritdoc/>
    public string ReferenceArm => HbpoArms.Warm;

    /// <inheritdoc/>
    public IReadOnlyList<Plot> Plots(StudyOutcome outcome) => _plots.All(outcome.Results);

    /// <summary>Sizes the laboratory and makes the study.</summary>
    /// <param name="config">Settings.</param>
    /// <param name="scale">Smoke: seconds. Paper: more updates of more problems.</param>
    /// <param name="seedCount">Seeds; <see langword="null"/> for the scale's own.</param>
    /// <exception cref="UserMistakeException">Settings contradict each other.</exception>
    public static HbpoStudy Create(HbpoStudyConfig config, Scale scale, int? seedCount)
    {
        UserMistakeException.ThrowIfAny([.. config.Problems()]);
        return new(Sized(config, scale), seedCount ?? scale switch { Scale.Smoke => 1, Scale.Paper => 10, _ => LaptopSeeds });
    }

    private static HbpoStudyConfig Sized(HbpoStudyConfig config, Scale scale) => scale switch
    {
        Scale.Smoke => config with
        {
            Steps = Math.Min(config.Steps, 4),
            EvaluationProblems = Math.Min(config.EvaluationProblems, 30),
            Method = config.Method with { Batch = config.Method.Batch with { Prompts = Math.Min(config.Method.Batch.Prompts, 2) } },
            WarmStart = config.WarmStart with { CheckEvery = 20, ValidationProblems = 10, LowestSuccess = 0, HighestSuccess = 1 },
        },
        Scale.Paper => config with { Steps = 8 * config.Steps, Method = config.Method with { Batch = config.Method.Batch with { Prompts = Math.Max(config.Method.Batch.Prompts, 64) } } },
        _ => config,
    };
}
