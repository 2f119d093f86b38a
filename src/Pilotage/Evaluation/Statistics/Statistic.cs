namespace Pilotage.Evaluation.Statistics;

/// <summary>A number computed from a sample, such as <see cref="Sample.InterquartileMean"/>.</summary>
/// <param name="values">The sample, at least one value.</param>
/// <returns>The statistic.</returns>
public delegate double Statistic(ReadOnlySpan<double> values);
