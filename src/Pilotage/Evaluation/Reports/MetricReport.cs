namespace Pilotage.Evaluation.Reports;

/// <summary>One metric of one arm. Units are the seeds' means, or the instances of a deterministic arm.</summary>
/// <param name="Mean">Mean over units.</param>
/// <param name="Iqm">Inter-quartile mean over units.</param>
/// <param name="Low">Lower end of the mean's 95 % interval; <see langword="null"/> for one unit.</param>
/// <param name="High">Upper end; <see langword="null"/> for one unit.</param>
/// <param name="N">Number of units.</param>
public sealed record MetricReport(double Mean, double Iqm, double? Low, double? High, int N);
