using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Figures of an answer: what each policy costs and violates, and the first test day under the recommended policy and the rule in use.</summary>
internal static class ApplyPlots
{
    /// <summary>Cost against violations.</summary>
    /// <param name="points">Name, cost a day, share of violating steps; on test days.</param>
    /// <param name="recommended">Name of the recommended policy.</param>
    public static ScatterPlot Tradeoff(IReadOnlyList<(string Name, double Cost, double Violations)> points, string recommended) => new(
        "cost-violations", "What each policy costs and violates on the test days", new("cost", "a day"), new("violating steps", "share"),
        [
            // Thirty settings of one rule draw a curve; only the candidates are named.
            .. points.Select(point => point.Name.StartsWith("target tracking 0", StringComparison.Ordinal)
                ? new ScatterPoint("", point.Cost, point.Violations, ArmKind.Baseline)
                : new ScatterPoint(point.Name, point.Cost, point.Violations, point.Name == recommended ? ArmKind.Method : ArmKind.Heuristic)),
        ])
    {
        Front = Frontier.Of(points.Select(point => (point.Cost, point.Violations))),
        Note = $"On the line are the policies that no other beats in both. As method, {recommended}, the recommended one; baselines without a name are settings of target tracking.",
    };

    /// <summary>A day under two policies.</summary>
    /// <param name="history">Gives units.</param>
    /// <param name="recommended">Name and steps of the recommended policy.</param>
    /// <param name="inUse">Steps of the rule in use.</param>
    public static TimelinePlot Timeline(UserHistory history, (string Name, ServiceStep[] Steps) recommended, ServiceStep[] inUse)
    {
        var perHour = Math.Max(1, (int)(3600 / history.Model.StepSeconds));
        double[] hours = [.. Enumerable.Range(0, inUse.Length).Select(step => step * history.Model.StepSeconds / 3600)];
        var isRule = recommended.Name == CandidateSearch.RuleInUse;
        LineSeries Machines(string name, ServiceStep[] steps, bool isReference) => new(name, hours, [.. steps.Select(step => (double)step.Serving)]) { IsStepped = true, IsReference = isReference };
        LineSeries Violations(string name, ServiceStep[] steps, bool isReference) =>
            new(name, [.. hours.Where((_, step) => step % perHour == 0)], [.. steps.Chunk(perHour).Select(hour => hour.Average(step => step.IsViolation ? 1.0 : 0))]) { IsStepped = true, IsReference = isReference };
        var load = new LineSeries("load", hours, [.. inUse.Select(step => step.Load / history.Model.VmRequests)]);
        var panels = new List<TimelinePanel>
        {
            new(new("machines"), [load, Machines(recommended.Name, recommended.Steps, false), .. isRule ? Array.Empty<LineSeries>() : [Machines(CandidateSearch.RuleInUse, inUse, true)]]),
            new(new("violating steps", "share of an hour"), [Violations(recommended.Name, recommended.Steps, false), .. isRule ? Array.Empty<LineSeries>() : [Violations(CandidateSearch.RuleInUse, inUse, true)]]),
        };
        return new("timeline", $"The first test day: {recommended.Name} and {CandidateSearch.RuleInUse}", new("time", "hours"), panels) { Note = "The load is in machines that it would fill." };
    }
}
