using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Numerics;
using Pilotage.Systems.Language.MiniLab;

namespace Pilotage.Systems.Language.DcpoDistribution;

/// <summary>The study's own figures.</summary>
/// <param name="config">Settings.</param>
/// <param name="fractions">Set points as shares of the warm start's entropy.</param>
/// <param name="startEntropy">The warm start's entropy, nats.</param>
internal sealed class StudyPlots(DcpoSystemConfig config, IReadOnlyList<double> fractions, double startEntropy)
{
    /// <summary>All figures.</summary>
    /// <param name="results">Of the study.</param>
    public IReadOnlyList<Plot> All(StudyResults results) => [Thermostat(results), Baselines(results), Solved(results), Bandits(results, BanditStart.Above, "above"), Bandits(results, BanditStart.Below, "below")];

    private string Moderate => TrainingArms.Dcpo(TrainingArms.Moderate(fractions));

    private TimelinePlot Thermostat(StudyResults results)
    {
        var entropies = fractions.Select(fraction => Curve(results, TrainingArms.Dcpo(fraction), MiniLabMetrics.CurveEntropy)).ToList();
        var steps = entropies[0].X;
        LineSeries Level(double fraction) => new(FormattableString.Invariant($"H0 = {fraction} h"), steps, [.. steps.Select(_ => fraction * startEntropy)]) { IsReference = true };
        var first = results.SeedsOf(Moderate)[0];
        var temperature = Curve(results, Moderate, StudyMetrics.CurveTemperature, first);
        return new("thermostat", "The entropy thermostat", new("step"),
        [
            new(new("entropy", "nats"), [.. entropies, .. fractions.Select(Level)]),
            new(new("weight alpha"), [.. fractions.Select(fraction => Curve(results, TrainingArms.Dcpo(fraction), StudyMetrics.CurveWeight))]),
            new(new("temperature T"), [temperature with { IsStepped = true }]),
        ])
        {
            Note = FormattableString.Invariant($"Means over training seeds; the temperature is that of {Moderate} on the first seed, which switches. h = {startEntropy:0.000} nats."),
        };
    }

    private LinePlot Baselines(StudyResults results) => new("entropy", "Entropy while training", new("step"), new("entropy", "nats"),
    [
        .. ((string[])[Moderate, TrainingArms.Strong(fractions[^1]), TrainingArms.NoRatio, .. TrainingArms.RegularisedFractions(config, fractions).Select(TrainingArms.Regularised), TrainingArms.Credited, TrainingArms.Aepo]).Select(arm => Curve(results, arm, MiniLabMetrics.CurveEntropy)),
        Curve(results, TrainingArms.Grpo, MiniLabMetrics.CurveEntropy) with { IsReference = true },
    ])
    {
        Levels = [("H0", TrainingArms.Moderate(fractions) * startEntropy)],
        Note = "Of the policy that drew, over the tokens that it drew; means over training seeds, bands from the lowest to the highest.",
    };

    private LinePlot Solved(StudyResults results)
    {
        (double Log, string Metric)[] points = [(0, MiniLabMetrics.Pass1), (3, MiniLabMetrics.Pass8), (6, MiniLabMetrics.Pass64)];
        LineSeries Line(string arm) => new(arm, [.. points.Select(point => point.Log)], [.. points.Select(point => results.SeedsOf(arm).Average(seed => results.Values(arm, seed, point.Metric).Values.Average()))]);
        return new("pass-at-k", "Problems that one of k answers solves", new("answers", "log2"), new("share of test problems"),
            [Line(Moderate), Line(TrainingArms.Strong(fractions[^1])), .. TrainingArms.RegularisedFractions(config, fractions).Select(fraction => Line(TrainingArms.Regularised(fraction))), Line(TrainingArms.Aepo), Line(TrainingArms.Grpo), Line(TrainingArms.WarmStart) with { IsReference = true }]);
    }

    private static LineSeries Curve(StudyResults results, string arm, string metric, int? only = null)
    {
        var points = results.SeedsOf(arm).Where(seed => only is null || seed == only).SelectMany(seed => results.Values(arm, seed, metric))
            .GroupBy(value => int.Parse(value.Key.AsSpan(value.Key.LastIndexOf('/') + 1), System.Globalization.CultureInfo.InvariantCulture), value => value.Value).OrderBy(group => group.Key).ToList();
        return new(arm, [.. points.Select(group => (double)group.Key)], [.. points.Select(group => group.Average())]) { Low = [.. points.Select(group => group.Min())], High = [.. points.Select(group => group.Max())] };
    }

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
