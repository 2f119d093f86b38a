using Pilotage.Evaluation;

namespace Pilotage.Systems.Language.Rover;

/// <summary>What the arms measure, by name.</summary>
internal static class RoverMetrics
{
    public const string Value = "tree_value", Regret = "tree_regret", PartialRegret = "partial_regret", StochasticRegret = "stochastic_regret", Slack = "bound_slack", Bound = "tree_bound";

    public const string Success = "toy_success", Modes = "toy_modes", Complete = "toy_all_modes", CurveModes = "toy_curve_modes", CurveSuccess = "toy_curve_success";

    /// <summary>Columns of the exact part.</summary>
    public static IReadOnlyList<Metric> Exact { get; } =
    [
        new(Value, "success on random trees", true),
        new(Bound, "its bound", true),
        new(PartialRegret, "lost where rewards are partial", false),
        new(StochasticRegret, "lost where chance chooses", false),
    ];

    /// <summary>Mean over training of the value that random tokens are held to have in the next state, in the unit of the reward.</summary>
    public const string SuccessorValue = "successor_value";

    /// <summary>Columns of the countdown part.</summary>
    public static IReadOnlyList<Metric> Countdown { get; } = [.. MiniLab.MiniLabMetrics.Table, new(SuccessorValue, "value of the successor", true)];

    /// <summary>Columns of the toy.</summary>
    public static IReadOnlyList<Metric> Toy { get; } =
    [
        new(Success, "toy: success", true),
        new(Modes, "toy: ways of 4", true),
        new(Complete, "toy: all ways and success 0.98", true),
    ];
}
