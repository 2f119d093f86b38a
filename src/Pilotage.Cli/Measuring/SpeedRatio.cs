using Pilotage.Evaluation.Statistics;

namespace Pilotage.Cli.Measuring;

/// <summary>How many times as fast the measured side is as another one, by turns.</summary>
/// <param name="Name">The other side.</param>
/// <param name="Value">Median over pairs of neighbouring repetitions; above 1, the measured side is faster.</param>
/// <param name="Bounds">95 % interval of the median.</param>
internal sealed record SpeedRatio(string Name, double Value, Interval Bounds);
