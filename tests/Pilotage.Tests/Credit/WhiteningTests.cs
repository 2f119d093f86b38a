using Pilotage.Credit;
using Xunit;

namespace Pilotage.Tests.Credit;

public sealed class WhiteningTests
{
    private static readonly int[] Tokens = [3, 1, 0, 6];

    [Fact]
    public void Apply_OverTokens_GivesMeanZeroAndDeviationOne()
    {
        float[] advantages = [1, -2, 50, 0.25f];

        Whitening.Apply(advantages, Tokens);

        var (mean, variance) = Moments(advantages);
        Assert.Equal(0, mean, 1e-6);
        Assert.Equal(1, variance, 1e-6);
    }

    [Fact]
    public void Apply_WithoutCentre_OnlyDivides()
    {
        float[] advantages = [1, -2, 50, 0.25f];
        var before = advantages.ToArray();

        Whitening.Apply(advantages, Tokens, centres: false);

        Assert.Equal(1, Moments(advantages).Variance, 1e-6);
        Assert.All(advantages.Zip(before), pair => Assert.Equal(pair.Second / before[0], pair.First / advantages[0], 1e-5));
    }

    [Fact]
    public void Apply_NothingToSpread_GivesZeros()
    {
        float[] one = [5], equal = [0.1f, 0.1f, 0.1f], none = [3, 4];

        Whitening.Apply(one, [1]);
        Whitening.Apply(equal, [7, 9, 11]);
        Whitening.Apply(none, [0, 0]);

        Assert.All(one.Concat(equal).Concat(none), advantage => Assert.Equal(0, advantage));
    }

    [Fact]
    public void Apply_OtherNumberOfAnswers_IsRefused() => Assert.Throws<ArgumentException>(() => Whitening.Apply(new float[2], [1]));

    private static (double Mean, double Variance) Moments(float[] advantages)
    {
        double[] all = [.. advantages.SelectMany((advantage, i) => Enumerable.Repeat((double)advantage, Tokens[i]))];
        return (all.Average(), all.Sum(each => (each - all.Average()) * (each - all.Average())) / (all.Length - 1));
    }
}
