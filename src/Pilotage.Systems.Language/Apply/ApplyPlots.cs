using Pilotage.Evaluation.Reports.Plots;

namespace Pilotage.Systems.Language.Apply;

/// <summary>Figures of an application: what happened to the policy while it was trained.</summary>
internal static class ApplyPlots
{
    /// <summary>The curves that the training recorded.</summary>
    public static IReadOnlyList<Plot> Of(TrainingRecord record)
    {
        var (steps, right) = record.Curve("validation_pass_1");
        List<Plot> plots = [];
        if (steps.Length > 1)
            plots.Add(new LinePlot("validation", "Right answers to validation problems", new("iterations"), new("right answers", "share"), [new("trained", steps, right)]) { Note = "One answer to each problem, drawn with the same seeds at every look." });
        foreach (var (name, title, unit) in new[] { ("reward", "Reward of training answers", ""), ("entropy", "Entropy of a token", "nats"), ("response_length", "Tokens of an answer", "") })
        {
            var (at, values) = record.Curve(name);
            if (at.Length > 1) plots.Add(new LinePlot(name.Replace('_', '-'), title, new("iterations"), new(title.ToLowerInvariant(), unit), [new("trained", at, values)]));
        }
        return plots;
    }
}
