using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Numerics;

namespace Pilotage.Systems.Language.DcpoDistribution;

/// <summary>The study's own figures.</summary>
/// <param name="config">Settings.</param>
internal sealed class StudyPlots(DcpoSystemConfig config)
{
    /// <summary>All figures.</summary>
    /// <param name="results">Of the study.</param>
    public IReadOnlyList<Plot> All(StudyResults results) => [Bandits(results, BanditStart.Above, "above"), Bandits(results, BanditStart.Below, "below")];

    private LinePlot Bandits(StudyResults results, BanditStart start, string from)
    {
        var updates = Enumerable.Range(1, config.BanditUpdates).Where(BanditArms.IsCurvePoint).ToList();
        LineSeries Line(string arm, string name, double target, bool isReference = false)
        {
            var values = results.Values(arm, 0, StudyMetrics.BanditCurve);
            return new(name, [.. updates.Select(update => Logarithm.Log(update) / Logarithm.Log(10))], [.. updates.Select(update => values[BanditArms.CurvePath(target, start, update)])]) { IsReference = isReference };
        }
        return new($"bandit-{from}", $"A bandit's entropy under exact updates, from {from}", new("updates", "log10"), new("entropy", "nats"),
        [
            .. config.BanditTargets.Select(target => Line(BanditArms.Dcpo, FormattableString.Invariant($"dcpo, H0 = {target}"), target)),
            Line(BanditArms.NoRatio, "dcpo without ratio", config.BanditTargets[^1]),
            Line(BanditArms.Grpo, "grpo", config.BanditTargets[^1], isReference: true),
        ])
        {
            Levels = [.. config.BanditTargets.Select(target => (FormattableString.Invariant($"H0 = {target}"), target))],
            Note = "Twenty actions, five of them correct; the group's credit is averaged exactly over eight answers. First of the starts.",
        };
    }
}
