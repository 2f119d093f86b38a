namespace Pilotage.Evaluation.Statistics;

/// <summary>How large a difference is, apart from whether it is sure.</summary>
public static class EffectSize
{
    /// <summary>Cohen's d of two independent samples: the difference of means in pooled standard deviations.</summary>
    /// <param name="a">At least two values.</param>
    /// <param name="b">At least two values; its mean is subtracted.</param>
    /// <returns>0.2 is usually called small, 0.8 large; infinite if neither sample varies and the means differ; 0 if they agree.</returns>
    /// <exception cref="ArgumentException">A sample has fewer than two values.</exception>
    public static double CohenD(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        if (a.Length < 2 || b.Length < 2) throw new ArgumentException("Cohen's d needs two values in each sample.");
        var pooled = ((a.Length - 1) * Sample.Variance(a) + (b.Length - 1) * Sample.Variance(b)) / (a.Length + b.Length - 2);
        return Standardised(Sample.Mean(a) - Sample.Mean(b), Math.Sqrt(pooled));
    }

    /// <summary>Cohen's d of paired samples: the mean difference in standard deviations of the differences (d_z).</summary>
    /// <param name="differences">At least two.</param>
    /// <returns>As <see cref="CohenD"/>.</returns>
    /// <exception cref="ArgumentException">There are fewer than two differences.</exception>
    public static double CohenDPaired(ReadOnlySpan<double> differences)
    {
        if (differences.Length < 2) throw new ArgumentException("Cohen's d needs two differences.", nameof(differences));
        return Standardised(Sample.Mean(differences), Sample.StandardDeviation(differences));
    }

    /// <summary>The probability that a run of one arm beats a run of the other (Mann and Whitney's U over its maximum); ties count half.</summary>
    /// <param name="a">At least one value.</param>
    /// <param name="b">At least one value.</param>
    /// <returns>In [0, 1]; 0.5 if neither is better. Takes n log n.</returns>
    /// <exception cref="ArgumentException">A sample is empty.</exception>
    public static double ProbabilityOfImprovement(double[] a, double[] b)
    {
        if (a.Length == 0 || b.Length == 0) throw new ArgumentException("Each sample needs at least one value.");
        var sorted = Sample.Sorted(b);
        long twice = 0;                                                 // half wins, so that the count stays whole
        foreach (var value in a) twice += Ranks.CountAtMost(sorted, value) + (b.Length - Ranks.CountAtLeast(sorted, value));
        return 0.5 * twice / ((double)a.Length * b.Length);
    }

    private static double Standardised(double difference, double deviation) => difference == 0 ? 0 : difference / deviation;
}
