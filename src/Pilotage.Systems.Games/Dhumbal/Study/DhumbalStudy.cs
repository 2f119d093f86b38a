using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Tensors;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>Rules, searches and learners at shared tables, each deal in every rotation.</summary>
internal sealed class DhumbalStudy : IStudy
{
    private const int LaptopSeeds = 10;                  // 2^-10 times three comparisons is below 0.01, the strictest level

    private DhumbalStudy(DhumbalConfig config, int seedCount, Device? device) => (Arms, SeedCount) = (new StudyArms(config, device).All(), seedCount);

    /// <inheritdoc/>
    public IReadOnlyList<Arm> Arms { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims { get; } = StudyClaims.All();

    /// <inheritdoc/>
    public int SeedCount { get; }

    /// <inheritdoc/>
    public IReadOnlyList<Metric> Metrics => StudyMetrics.Table;

    /// <inheritdoc/>
    public string ReferenceArm => AgentNames.Aggressive;

    /// <inheritdoc/>
    public IReadOnlyList<Plot> Plots(StudyOutcome outcome) => StudyPlots.All(outcome.Results);

    /// <summary>Shrinks or grows the settings to the scale and makes the study.</summary>
    /// <param name="config">Settings.</param>
    /// <param name="scale">Smoke keeps few deals and steps.</param>
    /// <param name="seedCount">Seeds; <see langword="null"/> for the scale's own.</param>
    /// <param name="device">Where networks are computed; <see langword="null"/> for the managed device.</param>
    /// <exception cref="UserMistakeException">The study's tables have four players.</exception>
    public static DhumbalStudy Create(DhumbalConfig config, Scale scale, int? seedCount, Device? device = null)
    {
        if (config.Rules.Players != 4)
        {
            throw new UserMistakeException(new Mistake(
                "PIL1502", $"rules.players = {config.Rules.Players}: the study's tables seat four.", "", "Leave it at 4 here; pilotage apply dhumbal plays with two to five.").ToString());
        }
        if (scale == Scale.Smoke)
        {
            config = config with
            {
                Deals = Math.Min(config.Deals, 6),
                SearchDeals = Math.Min(config.SearchDeals, 3),
                RuleDeals = Math.Min(config.RuleDeals, 100),
                Search = config.Search with { Iterations = Math.Min(config.Search.Iterations, 7) },
                Ppo = config.Ppo with { Steps = Math.Min(config.Ppo.Steps, 2L * config.Ppo.Horizon * config.Ppo.EnvironmentCount) },
                PaperPpo = config.PaperPpo with { Steps = Math.Min(config.PaperPpo.Steps, 2L * config.PaperPpo.Horizon * config.PaperPpo.EnvironmentCount) },
                Dqn = config.Dqn with { Steps = Math.Min(config.Dqn.Steps, 4_000), LearningStarts = Math.Min(config.Dqn.LearningStarts, 2_000) },
                PaperDqn = config.PaperDqn with { Steps = Math.Min(config.PaperDqn.Steps, 2_000) },
            };
        }
        if (scale == Scale.Paper)
        {
            config = config with
            {
                Deals = Math.Max(config.Deals, 256),
                SearchDeals = Math.Max(config.SearchDeals, 256),
                RuleDeals = 4 * config.RuleDeals,
                Search = config.Search with { Iterations = 3 * config.Search.Iterations, Determinizations = 5 },
                Ppo = config.Ppo with { Steps = 10 * config.Ppo.Steps },
                Dqn = config.Dqn with { Steps = 10 * config.Dqn.Steps },
                PaperPpo = config.PaperPpo with { Steps = 2 * config.PaperPpo.Steps },
                PaperDqn = config.PaperDqn with { Steps = 10 * config.PaperDqn.Steps },
            };
        }
        return new(config, seedCount ?? scale switch { Scale.Smoke => 1, Scale.Paper => 20, _ => LaptopSeeds }, device);
    }
}
