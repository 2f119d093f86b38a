using Pilotage.Evaluation.Statistics;

namespace Pilotage.Cli.Measuring;

/// <summary>One measured rate, and how many times as fast that is as another device on the same work.</summary>
/// <param name="Group">Name of the group.</param>
/// <param name="Case">What was done.</param>
/// <param name="Unit">Unit of the rate.</param>
/// <param name="Value">Median of the repetitions.</param>
/// <param name="Bounds">95 % interval of the median.</param>
/// <param name="Repetitions">How many repetitions.</param>
/// <param name="Against">What it was compared with; <see langword="null"/> for nothing.</param>
internal sealed record SpeedRow(string Group, string Case, string Unit, double Value, Interval Bounds, int Repetitions, SpeedRatio? Against = null);
