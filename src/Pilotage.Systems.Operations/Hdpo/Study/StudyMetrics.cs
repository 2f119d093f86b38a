using Pilotage.Evaluation;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>What the study measures, by name.</summary>
internal static class StudyMetrics
{
    /// <summary>Cost over that of the exactly best policy on the same test scenarios, less 1; where orders must be whole, of rounded orders.</summary>
    public const string Gap = "gap";

    /// <summary>Money for a period and a store; rounded orders where they must be whole.</summary>
    public const string Cost = "cost";

    /// <summary>Simulated cost of the exactly best policy over its computed cost, less 1.</summary>
    public const string OracleError = "oracle_error";

    /// <summary>Warehouse: the cost after learning from the fewest scenarios less that after learning from the most.</summary>
    public const string DataLoss = "data_loss";

    /// <summary>The table's columns.</summary>
    public static readonly IReadOnlyList<Metric> Table =
    [
        new(Gap, "over optimum", HigherIsBetter: false),
        .. new[] { StudyCells.Backlog, StudyCells.Lost, StudyCells.Serial, StudyCells.Warehouse }.Select(family => new Metric(CostOf(family), $"{family} cost/period", HigherIsBetter: false)),
        new("unrounded_gap", "over optimum, fractions ordered", HigherIsBetter: false),
        new("fill_rate", "met from stock", HigherIsBetter: true),
        new(DataLoss, "cost of few scenarios", HigherIsBetter: false),
        new("experience", "million periods simulated", HigherIsBetter: false),
        new(OracleError, "simulated over exact cost", HigherIsBetter: false),
    ];

    /// <summary>Name of the cost of one kind of problem.</summary>
    public static string CostOf(string family) => $"{family}_{Cost}";
}
