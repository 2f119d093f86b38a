using Pilotage.Environments;
using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Systems.Control.Symphony;

/// <summary>Figures of an answer: returns and learned scale by episode, and how strong actions were.</summary>
internal static class ApplyPlots
{
    /// <summary>All figures.</summary>
    /// <param name="learner">At its end.</param>
    /// <param name="actions">Of all training.</param>
    /// <param name="spec">Names environment and unit.</param>
    public static IReadOnlyList<Plot> All(SymphonyLearner learner, ActionTally actions, EnvironmentSpec spec)
    {
        var bins = Enumerable.Range(0, ActionGauge.Bins).Select(bin => (bin + 0.5) / ActionGauge.Bins).ToList();
        var strength = new LinePlot("strength", "How strong actions were while learning", new("|a|", "half widths of the box"), new("share of actions"), [new("symphony", bins, actions.Histogram)]);
        if (learner.Episodes.Count == 0) return [strength];
        List<double> steps = [.. learner.Episodes.Select(episode => (double)episode.Steps)];
        return
        [
            new LinePlot("curve", $"Returns while learning {spec.Name}", new("environment steps"), new("return of an episode", spec.RewardUnit), [new("symphony", steps, [.. learner.Episodes.Select(e => e.Return)])])
            {
                Note = "Training episodes, with noise and their silent end.",
            },
            strength,
            new LinePlot("scale", "The learned scale of actions", new("environment steps"), new("mean S"), [new("symphony", steps, [.. learner.Episodes.Select(e => e.Scale)])])
            {
                Note = "Mean scale of the last update's batch at the end of each episode; 0 while exploring.",
            },
        ];
    }
}
