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
            .. points.Select(point => new ScatterPoint(
                point.Name.StartsWith("target tracking 0", StringComparison.Ordinal) ? "" : point.Name, point.Cost, point.Violations,
                point.Name == recommended ? ArmKind.Method : point.Name == CandidateSearch.RuleInUse ? ArmKind.Heuristic : ArmKind.Baseline)),
        ])
    {
        Front = Frontier.Of(points.Select(point => (point.Cost, point.Violations))),
        Note = "On the line are the policies that no other beats in both. Points without a name are settings of target tracking.",
    };

    /// <summary>A day under two policies.</summary>
    /// <param name="history">Gives units.</param>
    /// <param name="recommended">Name and steps of the recommended policy.</param>
    /// <param name="inUse">Steps of the rule in use.</param>
    public static TimelinePlot Timeline(UserHistory history, (string Name, ServiceStep[] Steps) recommended, ServiceStep[] inUse)
    {
        double[] hours = [.. Enumerable.Range(0, inUse.Length).Select(step => step * history.Model.StepSeconds / 3600)];
        LineSeries Line(string name, ServiceStep[] steps, Func<ServiceStep, double> value, bool isReference) => new(name, hours, [.. steps.Select(value)]) { IsStepped = true, IsReference = isReference };
        var panels = new List<TimelinePanel>
        {
            new(new("machines"),
            [
                new("load", hours, [.. inUse.Select(step => step.Load / history.Model.VmRequests)]), Line(recommended.Name, recommended.Steps, step => step.Serving, false),
                .. recommended.Name == CandidateSearch.RuleInUse ? Array.Empty<LineSeries>() : [Line(CandidateSearch.RuleInUse, inUse, step => step.Serving, true)],
            ]),
            new(new("violation"),
            [
                Line(recommended.Name, recommended.Steps, step => step.IsViolation ? 1 : 0, false),
                .. recommended.Name == CandidateSearch.RuleInUse ? Array.Empty<LineSeries>() : [Line(CandidateSearch.RuleInUse, inUse, step => step.IsViolation ? 1 : 0, true)],
            ]),
        };
        return new("timeline", $"The first test day: {recommended.Name} and {CandidateSearch.RuleInUse}", new("time", "hours"), panels) { Note = "The load is in machines that it would fill." };
    }
}
