using System.Globalization;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Systems.Language.MiniLab;

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

    /// <summary>Entropy and solved problems along the trainings, and quality beside diversity at their ends.</summary>
    /// <param name="results">All measurements.</param>
    public static IReadOnlyList<Plot> Countdown(StudyResults results)
    {
        string[] arms = [.. CountdownArms.Names.Where(arm => results.SeedsOf(arm).Count > 0)];
        double Mean(string arm, string metric) => results.SeedsOf(arm).Average(seed => results.Values(arm, seed, metric).Values.Average());
        double[] budgets = [1, 8, 64];
        return
        [
            Trainings("countdown-entropy", "Entropy of a token along the training", MiniLabMetrics.CurveEntropy, new("entropy", "nats"), MiniLabMetrics.Entropy),
            Trainings("countdown-solved", "Problems solved along the training", MiniLabMetrics.CurvePass1, new("pass@1"), MiniLabMetrics.Pass1),
            new LinePlot("countdown-pass", "Problems solved by answers allowed", new("answers"), new("pass@k"),
                [.. arms.Prepend(CountdownArms.Warm).Select(arm => new LineSeries(arm, budgets, [Mean(arm, MiniLabMetrics.Pass1), Mean(arm, MiniLabMetrics.Pass8), Mean(arm, MiniLabMetrics.Pass64)]))])
            { Note = "Means over training seeds and test problems." },
            new ScatterPlot("countdown-quality-diversity", "Quality beside diversity", new("pass@1"), new("distinct solutions of a problem"),
                [.. arms.Prepend(CountdownArms.Warm).Select(arm => new ScatterPoint(arm, Mean(arm, MiniLabMetrics.Pass1), Mean(arm, MiniLabMetrics.Distinct), arm.StartsWith("rover", StringComparison.Ordinal) ? ArmKind.Method : arm == CountdownArms.Warm ? ArmKind.Heuristic : ArmKind.Baseline))])
            { Note = "Distinct correct solutions among 64 answers; means over training seeds and test problems." },
        ];

        LinePlot Trainings(string name, string title, string metric, Axis y, string level) => new(name, title, new("steps"), y,
            [
                .. arms.Select(arm =>
                {
                    var points = results.SeedsOf(arm).SelectMany(seed => results.Values(arm, seed, metric)).GroupBy(point => int.Parse(point.Key.AsSpan(point.Key.LastIndexOf('/') + 1), CultureInfo.InvariantCulture), point => point.Value).OrderBy(group => group.Key).ToList();
                    return new LineSeries(arm, [.. points.Select(group => (double)group.Key)], [.. points.Select(group => group.Average())]);
                }),
            ])
        { Levels = [("warm start", Mean(CountdownArms.Warm, level))], Note = "Means over training seeds." };
    }

    private static LinePlot Curve(StudyResults results, string name, string title, string metric, Axis y) => new(
        name, title, new("batches"), y, [.. new[] { ToyArms.Values, ToyArms.Reinforce, ToyArms.Grpo, ToyArms.NoSuccessor, ToyArms.Rover }.Select(arm =>
        {
            var points = results.Values(arm, 0, metric).GroupBy(value => int.Parse(value.Key.AsSpan(0, 6), CultureInfo.InvariantCulture), value => value.Value).OrderBy(group => group.Key).ToList();
            return new LineSeries(arm, [.. points.Select(group => (double)group.Key)], [.. points.Select(group => group.Average())]);
        })])
    { Note = "Means over training seeds." };
}
