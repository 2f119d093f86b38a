using Pilotage.Evaluation;
using Pilotage.Evaluation.Statistics;

namespace Pilotage.Systems.Control.DatasetPerspective;

/// <summary>A statistic of data sets as an effect. The units are behaviour runs: data sets of one run share its policy and its replay.</summary>
internal static class SeedEffect
{
    /// <summary>The mean over the runs of a number of each run.</summary>
    /// <param name="table">All data sets.</param>
    /// <param name="statistic">Of one run's data sets.</param>
    /// <param name="what">In words.</param>
    /// <param name="rule">Level and comparisons.</param>
    public static Effect Mean(ScoreTable table, Func<IReadOnlyList<ScoredDataset>, double> statistic, string what, EffectRule rule)
    {
        var inference = OfSeeds(table, statistic, rule);
        return Of(inference, FormattableString.Invariant($"{what}; {table.Seeds.Count} behaviour runs"), rule);
    }

    /// <summary>A statistic that needs all data sets together, a correlation: by resampling data sets, and by the mean over the runs of each run's own; the more doubtful of the two speaks.</summary>
    /// <param name="table">All data sets.</param>
    /// <param name="statistic">Of any number of data sets.</param>
    /// <param name="what">In words.</param>
    /// <param name="rule">Level and comparisons.</param>
    public static Effect Pooled(ScoreTable table, Func<IReadOnlyList<ScoredDataset>, double> statistic, string what, EffectRule rule)
    {
        var inference = new StrictestInference(OfDatasets(table, statistic, rule.Seeds, rule.Resamples), OfSeeds(table, statistic, rule));
        return Of(inference, FormattableString.Invariant($"{what}; {table.Rows.Count} data sets of {table.Seeds.Count} behaviour runs"), rule);
    }

    /// <summary>Resamples data sets.</summary>
    public static IInference OfDatasets(ScoreTable table, Func<IReadOnlyList<ScoredDataset>, double> statistic, SeedTree seeds, int resamples)
    {
        double[] places = [.. Enumerable.Range(0, table.Rows.Count)];
        var drawn = new ScoredDataset[places.Length];
        return PercentileBootstrap.Stratified(
            [places],
            picks =>
            {
                for (var i = 0; i < drawn.Length; i++) drawn[i] = table.Rows[(int)picks[i]];
                return statistic(drawn);
            },
            seeds, resamples);
    }

    private static IInference OfSeeds(ScoreTable table, Func<IReadOnlyList<ScoredDataset>, double> statistic, EffectRule rule) =>
        Inference.OfMean(table.Seeds.Select(statistic).ToArray(), rule.Seeds, rule.Resamples);

    private static Effect Of(IInference inference, string formed, EffectRule rule)
    {
        var bounds = inference.Bounds(rule.ErrorPerEnd);
        var holds = rule.Holds ?? Region.Above(0);
        var p = double.IsFinite(holds.Low) ? inference.PAbove(holds.Low) : inference.PBelow(holds.High);
        var corrected = rule.Comparisons == 1 ? "" : FormattableString.Invariant($"; level {rule.Level} over {rule.Comparisons} comparisons (Bonferroni)");
        return new(inference.Estimate, bounds.Low, bounds.High, inference.Units, inference.SmallestP)
        {
            P = Math.Min(1, p * rule.Comparisons),
            Test = $"{inference.Name}; {formed}; one-sided{corrected}",
        };
    }
}
