using Pilotage.Systems.Language.LpReg;
using Xunit;

namespace Pilotage.Systems.Language.Tests.LpReg;

public sealed class ProtectedTokensTests
{
    [Theory]
    [InlineData(250, true, 2)]         // int(250 x 0.01) = 2
    [InlineData(199, false, 0)]        // int(1.99) = 1, which protects nothing
    public void Repo_ShareOfTheNegativeTokens_RoundsDownAndWantsTwo(int negative, bool isActive, int count)
    {
        // As many positive ones, all less probable: they do not count.
        float[] advantages = [.. Enumerable.Repeat(-1f, negative), .. Enumerable.Repeat(1f, negative)];
        float[] logs = [.. Enumerable.Range(0, negative).Select(i => -1f - 0.001f * i), .. Enumerable.Repeat(-9f, negative)];
        var gate = new float[advantages.Length];

        Assert.Equal(isActive, ProtectedTokens.Repo(logs, new float[logs.Length], advantages, 0.01, gate));
        Assert.Equal(count, gate.Sum());
        if (isActive) Assert.Equal([negative - 2, negative - 1], Chosen(gate));
    }

    [Fact]
    public void Repo_AmongTheLowest_ProtectsThoseBelowTheProxyAndNoNoise()
    {
        float[] logs = [-5, -4, -3, -2, -1];
        float[] proxies = [float.NegativeInfinity, -3.9f, -3.1f, 0, 0];          // noise; below; above; below; below
        var gate = new float[5];

        Assert.True(ProtectedTokens.Repo(logs, proxies, [-1, -1, -1, -1, -1], 0.8, gate));

        Assert.Equal([1, 3], Chosen(gate));                                     // the four lowest but the noise and the one above; the fifth is not among them
    }

    [Fact]
    public void Repo_AdvantageOfZero_IsNotNegative()
    {
        var gate = new float[4];

        Assert.True(ProtectedTokens.Repo([-4, -3, -2, -1], [0, 0, 0, 0], [0, -1, 1, -1], 1, gate));

        Assert.Equal([1, 3], Chosen(gate));
    }

    [Fact]
    public void Paper_QuantileOfAllTokens_ProtectsItsNegativePlausibleOnes()
    {
        // The three lowest of six; one of them is positive, one is noise.
        float[] logs = [-6, -1, -5, -2, -4, -3];
        var gate = new float[6];

        Assert.True(ProtectedTokens.Paper(logs, [float.NegativeInfinity, 0, -9, 0, 0, 0], [-1, -1, -1, -1, 1, -1], 0.5, gate));

        Assert.Equal([2], Chosen(gate));                                        // the paper's gate does not ask whether the policy is below the proxy
    }

    [Fact]
    public void Paper_NoTokenBelowTheQuantile_SaysSo() => Assert.False(ProtectedTokens.Paper([-1, -2], [0, 0], [-1, -1], 0.4, new float[2]));

    private static int[] Chosen(float[] gate) => [.. Enumerable.Range(0, gate.Length).Where(i => gate[i] == 1)];
}
