using System.Globalization;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Evaluation.Statistics;

namespace Pilotage.Systems.Language.Hbpo;

/// <summary>The study's figures: what accuracy costs in tokens, where tokens go, how lengths move, and the reward itself.</summary>
/// <param name="config">Of the method.</param>
/// <param name="arms">Of the study.</param>
internal sealed class HbpoPlots(HbpoConfig config, IReadOnlyList<Arm> arms)
{
    private const double ErrorPerEnd = 0.025;
    private readonly string[] _shown = [.. arms.Select(arm => arm.Name)];
    private static readonly string[] Curves = [HbpoArms.Classic, HbpoArms.Cosine, HbpoArms.One, HbpoArms.Method];

    /// <summary>All figures.</summary>
    public IReadOnlyList<Plot> All(StudyResults results) =>
    [
        Pareto(results),
        new LinePlot("tokens-by-level", "Tokens by difficulty", new("additions of a problem"), new("tokens of an answer"), [.. _shown.Select(arm => ByLevel(results, arm, HbpoMetrics.Tokens))]) { Note = "Greedy answers without a budget, mean over seeds and test problems." },
        new LinePlot("accuracy-by-level", "Accuracy by difficulty", new("additions of a problem"), new("accuracy", "share"), [.. _shown.Select(arm => ByLevel(results, arm, HbpoMetrics.Accuracy))]) { Note = "Greedy answers without a budget, mean over seeds and test problems." },
        Training(results, "length", "Tokens of an answer in training", HbpoMetrics.CurveTokens, "tokens"),
        Training(results, "deviation", "How much lengths vary in training", HbpoMetrics.CurveDeviation, "standard deviation among the answers to a problem, tokens"),
        Rewards(config),
    ];

    /// <summary>R(n | b) of a correct answer for each budget, and the cosine alone.</summary>
    public static LinePlot Rewards(HbpoConfig config)
    {
        var reward = new BudgetReward(config.MaximumTokens, config.RewardScale, config.DeviationWeight, config.Reward);
        var step = Math.Max(1, config.MaximumTokens / 192);
        int[] tokens = [.. Enumerable.Range(0, config.MaximumTokens / step + 1).Select(i => i * step)];
        double[] x = [.. tokens.Select(n => (double)n)];
        return new("reward", "Reward of a correct answer by its length", new("tokens n"), new("R(n | b)"),
            [.. config.Budgets.Select(budget => new LineSeries($"budget {budget}", x, [.. tokens.Select(n => reward.Of(true, true, n, budget))])), new LineSeries("no budget", x, [.. tokens.Select(reward.Cosine)])])
        { Note = "Short answers are worth most under small budgets; beyond the budgets the order turns round." };
    }

    private ScatterPlot Pareto(StudyResults results)
    {
        var points = arms.Select(arm => (Arm: arm, Tokens: Mean(results, arm.Name, HbpoMetrics.Tokens), Accuracy: Mean(results, arm.Name, HbpoMetrics.Accuracy))).ToArray();
        List<(double X, double Y)> front = [];
        foreach (var point in points.OrderBy(point => point.Tokens).ThenByDescending(point => point.Accuracy))
        {
            if (front.Count == 0 || point.Accuracy > front[^1].Y) front.Add((point.Tokens, point.Accuracy));
        }
        return new("pareto", "Accuracy and what it costs", new("tokens of an answer"), new("accuracy", "share"), [.. points.Select(point => new ScatterPoint(point.Arm.Name, point.Tokens, point.Accuracy, point.Arm.Kind))])
        {
            Front = front, Note = "Greedy answers to the test problems without a budget; means over seeds.",
        };
    }

    private static LineSeries ByLevel(StudyResults results, string arm, string metric)
    {
        var byLevel = results.SeedsOf(arm).SelectMany(seed => results.Values(arm, seed, metric)).GroupBy(value => HbpoMetrics.LevelOf(value.Key)).OrderBy(level => level.Key).ToArray();
        return new(arm, [.. byLevel.Select(level => (double)level.Key)], [.. byLevel.Select(level => level.Average(value => value.Value))]);
    }

    private static LinePlot Training(StudyResults results, string name, string title, string metric, string unit) => new($"training-{name}", title, new("updates"), new(unit), [.. Curves.Select(arm => Curve(results, arm, metric))])
    {
        Note = "Answers that were learned from, all budgets together; means and 95 % intervals over training seeds.",
    };

    private static LineSeries Curve(StudyResults results, string arm, string metric)
    {
        var seeds = results.SeedsOf(arm).Select(seed => results.Values(arm, seed, metric)).ToList();
        string[] instances = [.. seeds[0].Keys];
        double[][] values = [.. instances.Select(instance => seeds.Select(seed => seed[instance]).ToArray())];
        Interval[] bands = seeds.Count > 1 ? [.. values.Select(units => Inference.ToDescribe(units, Inference.DefaultSeeds).Bounds(ErrorPerEnd))] : [];
        return new(arm, [.. instances.Select(instance => double.Parse(instance[(instance.LastIndexOf('/') + 1)..], CultureInfo.InvariantCulture))], [.. values.Select(units => Sample.Mean(units))])
        {
            Low = [.. bands.Select(band => band.Low)],
            High = [.. bands.Select(band => band.High)],
        };
    }

    private static double Mean(StudyResults results, string arm, string metric) => results.SeedsOf(arm).SelectMany(seed => results.Values(arm, seed, metric).Values).Average();
}
