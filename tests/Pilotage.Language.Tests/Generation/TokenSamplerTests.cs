using Pilotage.Language.Generation;
using Xunit;

namespace Pilotage.Language.Tests.Generation;

public sealed class TokenSamplerTests
{
    /// <summary>0.4, 0.2, 0.2, 0.1, 0.1 and one that a mask ruled out.</summary>
    private static readonly double[] Probabilities = [0.1, 0.4, 0.2, 0, 0.2, 0.1];

    private static float[] LogPi { get; } = [.. Probabilities.Select(probability => probability == 0 ? float.MinValue : (float)Math.Log(probability))];

    [Fact]
    public void Draw_NoFilter_HasTheFrequenciesOfTheProbabilities() => AssertFrequencies(new(), Probabilities);

    [Fact]
    public void Draw_TopK_KeepsTheFirstOfEqualOnes() => AssertFrequencies(new() { TopK = 2 }, [0, 0.4 / 0.6, 0.2 / 0.6, 0, 0, 0]);

    [Fact]
    public void Draw_TopP_KeepsUntilTheShareIsReached() => AssertFrequencies(new() { TopP = 0.75f }, [0, 0.5, 0.25, 0, 0.25, 0]);

    [Fact]
    public void Draw_TopPBehindTopK_TakesTheShareOfWhatTopKLeft() => AssertFrequencies(new() { TopK = 3, TopP = 0.7f }, [0, 0.4 / 0.6, 0.2 / 0.6, 0, 0, 0]);

    [Fact]
    public void Draw_MinP_KeepsThoseNearTheLargest() => AssertFrequencies(new() { MinP = 0.4f }, [0, 0.5, 0.25, 0, 0.25, 0]);

    [Fact]
    public void Draw_MinPWithTopK_AppliesBoth() => AssertFrequencies(new() { TopK = 4, MinP = 0.4f }, [0, 0.5, 0.25, 0, 0.25, 0]);

    [Fact]
    public void Draw_SmallTopP_KeepsOne() => AssertFrequencies(new() { TopP = 1e-6f }, [0, 1, 0, 0, 0, 0]);

    [Fact]
    public void Draw_TemperatureZero_TakesTheMostProbableAndNoNumber()
    {
        var random = new Randomness(1);

        Assert.Equal(1, new TokenSampler(new() { Temperature = 0 }, 6).Draw(LogPi, ref random));
        Assert.Equal(0ul, random.Counter);
    }

    [Theory]
    [InlineData(-1, 1, 1, 0)]
    [InlineData(float.NaN, 1, 1, 0)]
    [InlineData(1, 0, 1, 0)]
    [InlineData(1, 1, 0, 0)]
    [InlineData(1, 1, 1.1, 0)]
    [InlineData(1, 1, 1, 1)]
    public void Settings_OutsideTheirRange_AreRefused(float temperature, int topK, float topP, float minP) =>
        Assert.Contains("must be", Assert.Throws<ArgumentException>(() => new TokenSampler(new() { Temperature = temperature, TopK = topK, TopP = topP, MinP = minP }, 6)).Message, StringComparison.Ordinal);

    private static void AssertFrequencies(SamplingSettings settings, double[] expected)
    {
        const int Draws = 20_000;
        var (random, counts) = (new Randomness(7), new double[6]);
        var sampler = new TokenSampler(settings, 6);
        for (var i = 0; i < Draws; i++) counts[sampler.Draw(LogPi, ref random)]++;
        for (var i = 0; i < 6; i++)
        {
            // Five deviations of a binomial share.
            Assert.InRange(counts[i] / Draws, expected[i] - 5 * Math.Sqrt(expected[i] * (1 - expected[i]) / Draws), expected[i] + 5 * Math.Sqrt(expected[i] * (1 - expected[i]) / Draws));
        }
    }
}
