using Pilotage.Evaluation;

namespace Pilotage.Systems.Control.Symphony;

/// <summary>What the study measures, for each task under names of its own: returns of different tasks have no common mean.</summary>
internal static class SymphonyMetrics
{
    public const string Return = "return", TestStrength = "test_strength", TestChange = "test_change", TestNearLimit = "test_near_limit", TestLimit = "test_limit";

    public const string Strength = "train_strength", Change = "train_change", NearLimit = "train_near_limit", Limit = "train_limit", TrainReturn = "train_return";

    /// <summary>Return of each test, share of training actions by size, mean scale of each training episode: for figures.</summary>
    public const string Curve = "curve", Histogram = "histogram", Scale = "scale";

    /// <summary>Name of a metric on a task: <c>pendulum_return</c>.</summary>
    public static string On(SymphonyTask task, string metric) => $"{task.Slug}_{metric}";

    /// <summary>The table's columns for the tasks.</summary>
    public static IReadOnlyList<Metric> Table(IReadOnlyList<SymphonyTask> tasks) =>
    [
        .. tasks.Select(task => new Metric(On(task, Return), $"{task.Title} return", HigherIsBetter: true)),
        .. tasks.SelectMany(task => new Metric[]
        {
            new(On(task, Strength), $"{task.Title} strength in training", HigherIsBetter: false),
            new(On(task, Change), $"{task.Title} change in training", HigherIsBetter: false),
            new(On(task, NearLimit), $"{task.Title} |a| > .75 in training", HigherIsBetter: false),
            new(On(task, Limit), $"{task.Title} |a| > .99 in training", HigherIsBetter: false),
            new(On(task, TrainReturn), $"{task.Title} return in training", HigherIsBetter: true),
            new(On(task, TestStrength), $"{task.Title} strength in tests", HigherIsBetter: false),
            new(On(task, TestChange), $"{task.Title} change in tests", HigherIsBetter: false),
            new(On(task, TestNearLimit), $"{task.Title} |a| > .75 in tests", HigherIsBetter: false),
            new(On(task, TestLimit), $"{task.Title} |a| > .99 in tests", HigherIsBetter: false),
        }),
    ];

    /// <summary>How a policy acted in the final tests.</summary>
    public static IEnumerable<Measurement> OfTests(SymphonyTask task, double result, ActionTally actions) =>
    [
        new(On(task, Return), task.Entry.Name, result), new(On(task, TestStrength), task.Entry.Name, actions.Strength),
        new(On(task, TestChange), task.Entry.Name, actions.Change), new(On(task, TestNearLimit), task.Entry.Name, actions.NearLimitHits),
        new(On(task, TestLimit), task.Entry.Name, actions.LimitHits),
    ];

    /// <summary>How a learner acted while it learned.</summary>
    public static IEnumerable<Measurement> OfTraining(SymphonyTask task, ActionTally actions) =>
    [
        new(On(task, Strength), task.Entry.Name, actions.Strength), new(On(task, Change), task.Entry.Name, actions.Change),
        new(On(task, NearLimit), task.Entry.Name, actions.NearLimitHits), new(On(task, Limit), task.Entry.Name, actions.LimitHits),
        .. actions.Histogram.Select((share, bin) => new Measurement(On(task, Histogram), FormattableString.Invariant($"{task.Entry.Name}/{bin:D2}"), share)),
    ];
}
