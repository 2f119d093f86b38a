using Pilotage.Systems.Language.LpReg;
using Xunit;

namespace Pilotage.Systems.Language.Tests.LpReg;

public sealed class ProxyDistributionTests
{
    private static readonly float[] Policy = [0.6f, 0.25f, 0.1f, 0.04f, 0.006f, 0.004f];

    [Fact]
    public void Make_MinP_KeepsFourOfSixAndMakesThemADistribution()
    {
        // Threshold 0.02 x 0.6 = 0.012; Z = 0.99.
        Assert.Equal(0.99, Make(LpRegFilter.MinP, 0.02, out var proxy), 1e-6);
        double[] expected = [0.606061, 0.252525, 0.101010, 0.040404, 0, 0];
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], MathF.Exp(proxy[i]), 1e-6);
        Assert.Equal(float.NegativeInfinity, proxy[4]);
    }

    [Fact]
    public void Make_Fixed_ComparesWithTheThresholdItself()
    {
        Assert.Equal(0.95, Make(LpRegFilter.Fixed, 0.05, out var proxy), 1e-6);
        Assert.Equal(3, proxy.Count(float.IsFinite));
    }

    [Fact]
    public void Make_FixedAboveEveryProbability_KeepsTheMostProbable()
    {
        Assert.Equal(0.6, Make(LpRegFilter.Fixed, 0.9, out var proxy), 1e-6);
        Assert.Equal(0, proxy[0], 1e-6);
        Assert.Equal(1, proxy.Count(float.IsFinite));
    }

    [Fact]
    public void Make_None_IsThePolicyItself()
    {
        Assert.Equal(1, Make(LpRegFilter.None, 0.02, out var proxy), 1e-6);
        for (var i = 0; i < Policy.Length; i++) Assert.Equal(Policy[i], MathF.Exp(proxy[i]), 1e-6);
    }

    [Fact]
    public void Make_UniformPolicy_KeepsEveryToken()
    {
        var logPi = Enumerable.Repeat(MathF.Log(0.125f), 8).ToArray();
        var proxy = new float[8];

        Assert.Equal(1, ProxyDistribution.Make(logPi, LpRegFilter.MinP, 1, proxy), 1e-6);
        Assert.All(proxy, value => Assert.Equal(logPi[0], value, 1e-6f));
    }

    private static double Make(LpRegFilter filter, double kappa, out float[] proxy)
    {
        proxy = new float[Policy.Length];
        return ProxyDistribution.Make([.. Policy.Select(value => MathF.Log(value))], filter, kappa, proxy);
    }
}
