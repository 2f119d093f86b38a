using System.Globalization;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Systems.Language.Rover;

/// <summary>The study's own figures.</summary>
internal static class RoverPlots
{
    /// <summary>Softmax planners against their bound.</summary>
    /// <param name="results">All measurements.</param>
    /// <param name="temperatures">Of the planners.</param>
    public static Plot Planners(StudyResults results, IReadOnlyList<double> temperatures)
    {
        double[] sorted = [.. temperatures.Order()];
        LineSeries Line(string name, string metric) => new(name, sorted, [.. sorted.Select(temperature => results.Values(ExactArms.Softmax(temperature), 0, metric).Values.Average())]);
        return new LinePlot("planners", "Softmax choices by the value of random choices", new("temperature"), new("success"), [Line("success", RoverMetrics.Value), Line("bound", RoverMetrics.Bound)])
        { Note = "Means over random trees. Values of choices are small where successes are rare, so a temperature of 1 hardly tells them apart." };
    }

    /// <summary>Ways to success and success along the toy's trainings.</summary>
    /// <param name="results">All measurements.</param>
    public static IReadOnlyList<Plot> Toy(StudyResults results) =>
    [
        Curve(results, "toy-modes", "How many of the four ways survive", RoverMetrics.CurveModes, new("ways of probability above 0.05")),
        Curve(results, "toy-success", "Success while learning the strings", RoverMetrics.CurveSuccess, new("success")),
    ];

    private static LinePlot Curve(StudyResults results, string name, string title, string metric, Axis y) => new(
        name, title, new("batches"), y, [.. new[] { ToyArms.Values, ToyArms.Reinforce, ToyArms.Grpo, ToyArms.NoSuccessor, ToyArms.Rover }.Select(arm =>
        {
            var points = results.Values(arm, 0, metric).GroupBy(value => int.Parse(value.Key.AsSpan(0, 6), CultureInfo.InvariantCulture), value => value.Value).OrderBy(group => group.Key).ToList();
            return new LineSeries(arm, [.. points.Select(group => (double)group.Key)], [.. points.Select(group => group.Average())]);
        })])
    { Note = "Means over training seeds." };
}
