using Xunit;

namespace Pilotage.Tests.Distributions;

/// <summary>Holds counts of draws from a fixed seed against probabilities by Pearson's chi-square.</summary>
internal static class Frequencies
{
    // The normal quantile of 1 - 1e-4: one seed in ten thousand would be rejected by chance; the seeds are fixed.
    private const double Quantile = 3.719;

    public static void AssertFollow(ReadOnlySpan<double> probabilities, ReadOnlySpan<int> counts)
    {
        var draws = 0;
        foreach (var count in counts) draws += count;
        var (statistic, degrees) = (0.0, -1);
        for (var i = 0; i < counts.Length; i++)
        {
            var expected = probabilities[i] * draws;
            if (probabilities[i] == 0)
            {
                Assert.Equal(0, counts[i]);
                continue;
            }
            statistic += (counts[i] - expected) * (counts[i] - expected) / expected;
            degrees++;
        }
        // Wilson and Hilferty, 1931: the cube root of chi-square over its degrees is nearly normal.
        var spread = 2.0 / (9 * degrees);
        var bound = degrees * Math.Pow(1 - spread + Quantile * Math.Sqrt(spread), 3);
        Assert.True(statistic < bound, $"chi-square {statistic:F1} of {degrees} degrees is above {bound:F1}");
    }

    /// <summary>Uniform numbers from a key.</summary>
    public static float[] Uniforms(ulong key, int count)
    {
        var random = new Randomness(key);
        return [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];
    }

    /// <summary>Standard normal numbers from a key.</summary>
    public static float[] Normals(ulong key, int count)
    {
        var random = new Randomness(key);
        return [.. Enumerable.Range(0, count).Select(_ => (float)random.NextNormal())];
    }
}
