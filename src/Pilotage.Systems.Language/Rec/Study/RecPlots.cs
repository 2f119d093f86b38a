using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Systems.Language.MiniLab;
using Pilotage.Tensors;

namespace Pilotage.Systems.Language.Rec;

/// <summary>The study's own figures: learning curves by regime, how far ratios went and what the mask left out, and what each member makes of a token.</summary>
/// <param name="task">Name of the laboratory's task.</param>
internal sealed class RecPlots(string task)
{
    private static readonly IReadOnlyList<string> Curves = [RecMembers.Reinforce, RecMembers.OneSideIs, RecMembers.OneSideNoIs, RecMembers.OneSideNoIsWide, RecMembers.Opmd, RecMembers.AsymRe, RecMembers.RedDrop];

    private static readonly IReadOnlyList<double> HeatRatios = [0.1, 0.3, 0.5, 0.7, 0.9, 1, 1.1, 1.3, 1.7, 2.5, 4], HeatAdvantages = [1, 0.5, 0.25, -0.25, -0.5, -1];

    /// <summary>All figures.</summary>
    public IReadOnlyList<Plot> All(StudyResults results) =>
    [
        LaboratoryPlots.Curve(results, "rec-lag", "Learning from answers of old weights", task, MiniLabMetrics.CurvePass1, "pass@1", [.. Curves.Select(member => (RecArms.Name(RecArms.Lag, member), member))]),
        LaboratoryPlots.Curve(results, "rec-fresh", "Learning from fresh answers", task, MiniLabMetrics.CurvePass1, "pass@1", [.. Curves.Select(member => (RecArms.Name(RecArms.OnPolicy, member), member))]),
        LaboratoryPlots.Curve(results, "rec-entropy", "Entropy under lag", task, MiniLabMetrics.CurveEntropy, "entropy of a token, nats", [.. Curves.Select(member => (RecArms.Name(RecArms.Lag, member), member))]),
        Histogram(results, RecMembers.OneSideNoIs),
        Histogram(results, RecMembers.Reinforce),
        .. new[] { RecMembers.OneSideIs, RecMembers.OneSideNoIs, "ring-nois", RecMembers.RedWeight }.Select(member => Heat(member, RecMembers.All[member])),
    ];

    /// <summary>Ratios of one training.</summary>
    public static BarPlot Histogram(RatioHistogram ratios) => Histogram("rec-ratios", "Ratios of the training", ratios.Shares(kept: true), ratios.Shares(kept: false));

    private BarPlot Histogram(StudyResults results, string member)
    {
        var arm = RecArms.Name(RecArms.Lag, member);
        double[] Shares(string metric) => [.. Enumerable.Range(0, RatioHistogram.Borders.Count + 1).Select(bin =>
            results.SeedsOf(arm).Select(seed => results.Values(arm, seed, metric).GetValueOrDefault(FormattableString.Invariant($"{task}/{bin:D2}"))).DefaultIfEmpty().Average())];
        return Histogram($"rec-ratios-{member}", $"Ratios under lag: {member}", Shares(RecMetrics.RatiosKept), Shares(RecMetrics.RatiosLeft));
    }

    private static BarPlot Histogram(string name, string title, IReadOnlyList<double> kept, IReadOnlyList<double> left) =>
        new(name, title, new("share of tokens"), [.. Enumerable.Range(0, RatioHistogram.Borders.Count + 1).Select(RatioHistogram.Label)], [new("learned from", kept), new("left out by the mask", left)])
        {
            Note = "Ratio of the policy to the one that drew, over all tokens of the training.",
        };

    /// <summary>w A M: what a token's log-probability is pushed by, over ratio and advantage.</summary>
    public static HeatmapPlot Heat(string member, RecObjectiveConfig config)
    {
        var rows = HeatAdvantages.SelectMany(advantage => HeatRatios.Select(ratio => (double)Push(config, (float)advantage, (float)ratio)));
        return new($"rec-push-{member}", $"What {member} makes of a token", new("ratio"), new("advantage"), [.. HeatRatios.Select(Text)], [.. HeatAdvantages.Select(Text)], [.. rows], new("push on log pi"))
        {
            Centre = 0,
            Note = "Weight x advantage x mask. 0: the token is not learned from.",
        };
    }

    private static float Push(RecObjectiveConfig config, float advantage, float ratio)
    {
        using var step = Step.Begin(gradient: Gradient.None);
        var (a, rho) = (Tensor.From([advantage], 1), Tensor.From([ratio], 1));
        var objective = new RecObjective(config);
        return (objective.Weight(a, rho, rho) * a * objective.Mask(a, rho)).Item();
    }

    private static string Text(double value) => FormattableString.Invariant($"{value}");
}
