using System.Globalization;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Systems.Language.MiniLab;

namespace Pilotage.Systems.Language.R2vpo;

/// <summary>Solved problems by answers drawn; the ratio's variance against its bound with the multiplier that holds it; what stale samples weigh.</summary>
internal static class CountdownPlots
{
    /// <summary>Figures of the fresh arms.</summary>
    /// <param name="results">All measurements.</param>
    /// <param name="config">Settings.</param>
    /// <param name="arms">Names of the arms that ran.</param>
    public static IReadOnlyList<Plot> OfFresh(StudyResults results, R2vpoConfig config, IReadOnlyList<string> arms) =>
    [
        Solved(results, config, "countdown-fresh", "Problems solved by fresh answers drawn", arms),
        new TimelinePlot("countdown-bound", "Does the bound hold?", new("steps"),
            [
                new(new("E(r-1)^2"), [.. new[] { CountdownArms.Grpo, CountdownArms.Free, CountdownArms.Fixed, CountdownArms.Bound }.Select(arm => Line(results, arm, "curve_ratio_variance")), Border(results, config)]),
                new(new("multiplier"), [Line(results, CountdownArms.Bound, "curve_multiplier")]),
                new(new("KL to the step's start"), [.. new[] { CountdownArms.Grpo, CountdownArms.Free, CountdownArms.Bound }.Select(arm => Line(results, arm, "curve_approx_kl"))]),
            ])
        { Note = "Means over the updates of each step and over training seeds. Dashed: the bound." },
    ];

    /// <summary>Figures of the arms with stored answers.</summary>
    /// <param name="results">All measurements.</param>
    /// <param name="config">Settings.</param>
    /// <param name="arms">Names of the arms that ran.</param>
    public static IReadOnlyList<Plot> OfStored(StudyResults results, R2vpoConfig config, IReadOnlyList<string> arms)
    {
        var solved = Solved(results, config, "countdown-stored", "Problems solved by fresh answers drawn, stored ones beside them", [CountdownArms.Grpo, CountdownArms.Bound, .. arms]);
        LineSeries[] ages = [.. new[] { CountdownArms.BoundReplay, CountdownArms.AgedReplay }.Where(arms.Contains).Select(arm => Ages(results, config, arm)).Where(line => line.X.Count > 0)];
        return ages.Length == 0 ? [solved] :
        [
            solved,
            new LinePlot("countdown-ages", "What a stored answer weighs beside a fresh one", new("age", "steps"), new("share of the pull that its advantage asks for"), ages)
            { Note = "r (A - 2 lambda (r - 1)) in the direction of A over |A|, mean over all samples of an age: 1 as for a fresh sample at ratio 1, below 0 where the bound pulls back more than the advantage pulls." },
        ];
    }

    private static LinePlot Solved(StudyResults results, R2vpoConfig config, string name, string title, IReadOnlyList<string> arms) => new(name, title, new("fresh answers"), new("pass@1"),
        [
            .. arms.Select(arm =>
            {
                var line = Line(results, arm, MiniLabMetrics.CurvePass1);
                return line with { X = [.. line.X.Select(step => step * config.Lab.Batch.Prompts * config.Lab.Batch.GroupSize)] };
            }),
        ])
    { Levels = [("warm start", results.Values(CountdownArms.Warm, 0, MiniLabMetrics.Pass1).Values.Average())], Note = "Test problems, four answers each; means over training seeds." };

    private static LineSeries Border(StudyResults results, R2vpoConfig config)
    {
        var steps = Line(results, CountdownArms.Bound, "curve_ratio_variance").X;
        return new("bound", steps, [.. steps.Select(_ => config.Constraint.Bound)]) { IsReference = true };
    }

    private static LineSeries Ages(StudyResults results, R2vpoConfig config, string arm)
    {
        double[] ages = [.. Enumerable.Range(0, config.Replay.MaximumAge + 1).Where(age => Line(results, arm, $"curve_weight_age_{age}").Y.Count > 0).Select(age => (double)age)];
        return new(arm, ages, [.. ages.Select(age => Line(results, arm, FormattableString.Invariant($"curve_weight_age_{age}")).Y.Average())]);
    }

    private static LineSeries Line(StudyResults results, string arm, string metric)
    {
        var points = results.SeedsOf(arm).SelectMany(seed => results.Values(arm, seed, metric))
            .GroupBy(point => int.Parse(point.Key.AsSpan(point.Key.LastIndexOf('/') + 1), CultureInfo.InvariantCulture), point => point.Value).OrderBy(group => group.Key).ToList();
        return new(arm, [.. points.Select(group => (double)group.Key)], [.. points.Select(group => group.Average())]);
    }
}
