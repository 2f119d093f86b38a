namespace Pilotage.Evaluation.Reports;

/// <summary>The evaluation of one trained policy.</summary>
/// <param name="Episodes">Number of evaluation episodes.</param>
/// <param name="Mean">Mean return.</param>
/// <param name="Low">Lower end of its 95 % interval over episodes; <see langword="null"/> for one episode. Says nothing of other training seeds.</param>
/// <param name="High">Upper end; <see langword="null"/> for one episode.</param>
public sealed record EvaluationReport(int Episodes, double Mean, double? Low, double? High);
