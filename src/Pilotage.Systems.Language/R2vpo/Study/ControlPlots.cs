using System.Globalization;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Systems.Language.R2vpo;

/// <summary>Learning curves of the control tasks.</summary>
internal static class ControlPlots
{
    private static readonly IReadOnlyList<string> Shown = [ControlArms.Ppo, ControlArms.Free, ControlArms.Bound];

    /// <summary>All figures.</summary>
    /// <param name="results">All measurements.</param>
    /// <param name="tasks">Environments.</param>
    public static IReadOnlyList<Plot> All(StudyResults results, IReadOnlyList<ControlTask> tasks) =>
    [
        .. tasks.Select(task => new LinePlot($"curve-{task.Slug}", $"Learning on {task.Name}", new("environment steps"), new("score"), [.. Shown.Select(arm => Line(results, task, arm))])
        {
            Levels = [("rule of thumb", 1), ("random", 0)],
            Note = "Greedy policy on 16 episodes after each update; means over training seeds, bands from the lowest to the highest.",
        }),
    ];

    private static LineSeries Line(StudyResults results, ControlTask task, string arm)
    {
        var points = results.SeedsOf(arm).SelectMany(seed => results.Values(arm, seed, R2vpoMetrics.Curve)).Where(value => value.Key.StartsWith(task.Name + "/", StringComparison.Ordinal))
            .GroupBy(value => long.Parse(value.Key.AsSpan(task.Name.Length + 1), CultureInfo.InvariantCulture), value => value.Value).OrderBy(group => group.Key).ToList();
        return new(arm, [.. points.Select(group => (double)group.Key)], [.. points.Select(group => group.Average())])
        {
            Low = [.. points.Select(group => group.Min())],
            High = [.. points.Select(group => group.Max())],
        };
    }
}
