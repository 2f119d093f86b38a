using Pilotage.Evaluation;

namespace Pilotage.Systems.Governance.Ofs;

/// <summary>What the study measures, by name; all of it by the truth of the population, which no rule sees.</summary>
internal static class StudyMetrics
{
    /// <summary>Mean reward of the last fifth, where a round that misses a constraint counts 0.</summary>
    public const string FeasibleReward = "feasible_reward";

    /// <summary>Mean reward of the last fifth.</summary>
    public const string SteadyReward = "steady_reward";

    /// <summary>Mean reward of all rounds.</summary>
    public const string Reward = "reward";

    /// <summary>Residuals above 0, added up over all rounds.</summary>
    public const string Violation = "cumulative_violation";

    /// <summary>Share of the last fifth that holds all constraints.</summary>
    public const string SteadyFeasible = "steady_feasible";

    /// <summary>Of the search alone, over bounds of the gap and strengths of the feedback: gap to the oracle and violation.</summary>
    public const string SweptGap = "swept_gap_to_oracle", SweptViolation = "swept_violation";

    /// <summary>The value of its setting that a rule was tuned to.</summary>
    public const string Tuned = "tuned_setting";

    /// <summary>The table's columns.</summary>
    public static readonly IReadOnlyList<Metric> Table =
    [
        new(FeasibleReward, "feasible reward, last fifth", HigherIsBetter: true),
        new(SteadyReward, "reward, last fifth", HigherIsBetter: true),
        new(Reward, "reward", HigherIsBetter: true),
        new(Violation, "violation, summed", HigherIsBetter: false),
        new(SteadyFeasible, "feasible rounds, last fifth", HigherIsBetter: true),
        new(Tuned, "tuned setting", HigherIsBetter: true),
    ];

    /// <summary>A life's figures.</summary>
    public static IEnumerable<Measurement> Of(Lifetime life, ThresholdGrid grid) =>
    [
        new(FeasibleReward, grid.Applicants.Name, life.FeasibleReward(grid)),
        new(SteadyReward, grid.Applicants.Name, life.SteadyReward(grid)),
        new(Reward, grid.Applicants.Name, life.Reward(grid)),
        new(Violation, grid.Applicants.Name, life.CumulativeViolation(grid)),
        new(SteadyFeasible, grid.Applicants.Name, life.SteadyFeasible(grid)),
    ];
}
