using Pilotage.Evaluation.Statistics;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>A distribution of demand on multiples of a step, from 0: what exact recursions sum over.</summary>
internal sealed class DemandGrid
{
    private DemandGrid(double step, double[] probabilities) => (Step, Probabilities) = (step, probabilities);

    /// <summary>Distance of two neighbouring values.</summary>
    public double Step { get; }

    /// <summary>P(D = i Step).</summary>
    public IReadOnlyList<double> Probabilities { get; }

    /// <summary>Normal demand clipped at 0, rounded to the nearest grid value.</summary>
    /// <param name="mean">mu before clipping.</param>
    /// <param name="deviation">sigma before clipping, above 0.</param>
    /// <param name="step">The grid's step.</param>
    public static DemandGrid Normal(double mean, double deviation, double step)
    {
        var count = (int)Math.Ceiling((mean + 8 * deviation) / step);
        var probabilities = new double[count + 1];
        for (var i = 0; i <= count; i++)
        {
            var above = i == count ? 1 : NormalDistribution.Cdf(((i + 0.5) * step - mean) / deviation);
            var below = i == 0 ? 0 : NormalDistribution.Cdf(((i - 0.5) * step - mean) / deviation);
            probabilities[i] = above - below;
        }
        return new(step, probabilities);
    }

    /// <summary>The distribution of the sum of independent periods.</summary>
    /// <param name="periods">At least 1.</param>
    public DemandGrid Sum(int periods)
    {
        var sum = Probabilities.ToArray();
        for (var n = 1; n < periods; n++)
        {
            var next = new double[sum.Length + Probabilities.Count - 1];
            for (var i = 0; i < sum.Length; i++)
                for (var j = 0; j < Probabilities.Count; j++) next[i + j] += sum[i] * Probabilities[j];
            sum = next;
        }
        return new(Step, sum);
    }
}
