namespace Pilotage.Evaluation.Reports;

/// <summary>One arm of a report.</summary>
/// <param name="Name">As it stands in the table.</param>
/// <param name="Kind">The part it plays.</param>
/// <param name="Metrics">What it measured, in the order of the report's metrics; a metric that it did not measure is absent.</param>
public sealed record ArmReport(string Name, ArmKind Kind, IReadOnlyDictionary<string, MetricReport> Metrics);
