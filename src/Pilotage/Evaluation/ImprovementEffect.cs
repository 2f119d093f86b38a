using Pilotage.Evaluation.Statistics;

namespace Pilotage.Evaluation;

/// <summary>The probability that a run of one arm beats a run of another on the same instance, averaged over instances; ties count half.</summary>
/// <remarks>
/// Mann and Whitney's U over its maximum, as arXiv:2108.13264 uses it. A seed's unit is its part in U from both sides (how often it wins as a, and as b
/// loses), whose mean is the estimate and whose spread is U's to first order (DeLong, Biometrics 44, 1988).
/// </remarks>
public static class ImprovementEffect
{
    /// <summary>Measures P(a &gt; b) + P(a = b) / 2; 0.5 is no effect.</summary>
    /// <param name="results">All measurements.</param>
    /// <param name="a">Name of the arm that the claim is about.</param>
    /// <param name="b">Name of the arm that it is compared with.</param>
    /// <param name="metric">Name of the metric; a metric to be lowered turns the arms round.</param>
    /// <param name="rule">What a unit is, which instances count, the level. Seeds of one arm must share their instances.</param>
    /// <returns>The effect, in [0, 1].</returns>
    /// <exception cref="InvalidOperationException">An arm has no such values, the arms do not pair, or seeds have instances of their own.</exception>
    public static Effect Of(StudyResults results, string a, string b, string metric, EffectRule rule)
    {
        var table = UnitTable.Of(results, a, b, metric, rule.Instances);
        if (!table.IsShared) throw new InvalidOperationException($"The probability of improvement of '{a}' over '{b}' in '{metric}' needs the same instances at every seed.");
        var inference = rule.Unit switch
        {
            Replication.Instance => rule.OfMean(ByInstance(table)),
            Replication.Seed => rule.OfMean(BySeed(table)),
            _ => new StrictestInference(rule.OfMean(BySeed(table)), rule.OfMean(ByInstance(table))),
        };
        var effect = rule.Effect(inference, $"wins between runs, {table.Formed(rule.Unit)}", noEffect: 0.5);
        return effect with { Low = Math.Max(0, effect.Low), High = Math.Min(1, effect.High) };
    }

    private static double[] ByInstance(UnitTable table)
    {
        var units = new double[table.A[0].Length];
        for (var i = 0; i < units.Length; i++)
        {
            units[i] = EffectSize.ProbabilityOfImprovement([.. table.A.Select(row => row[i])], [.. table.B.Select(row => row[i])]);
        }
        return units;
    }

    private static double[] BySeed(UnitTable table)
    {
        var (seeds, instances) = (table.SeedCount, table.A[0].Length);
        var (asA, asB) = (new double[seeds], new double[seeds]);
        for (var i = 0; i < instances; i++)
        {
            var sortedA = Sample.Sorted([.. table.A.Select(row => row[i])]);
            var sortedB = Sample.Sorted([.. table.B.Select(row => row[i])]);
            for (var s = 0; s < seeds; s++)
            {
                asA[s] += Wins(sortedB, table.A[s][i]) / (seeds * (double)instances);
                asB[s] += (seeds - Wins(sortedA, table.B[s][i])) / (seeds * (double)instances);
            }
        }
        var estimate = Sample.Mean(asA);
        return [.. asA.Zip(asB, (won, lost) => won + lost - estimate)];
    }

    private static double Wins(double[] sorted, double value) =>
        0.5 * (Ranks.CountAtMost(sorted, value) + (sorted.Length - Ranks.CountAtLeast(sorted, value)));
}
