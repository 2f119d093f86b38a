using Pilotage.Objectives;
using Pilotage.Systems.Language.DcpoDistribution;
using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Systems.Language.Tests.DcpoDistribution;

public sealed class VirtualDistributionTests
{
    private static readonly float[] Pi = [0.7f, 0.2f, 0.1f];

    private static float[] Ratios(float[] pi, double temperature)
    {
        using var step = Step.Begin();
        var logPi = Tensor.From([.. Enumerable.Range(0, pi.Length).SelectMany(_ => pi.Select(p => MathF.Log(p)))], pi.Length, pi.Length);
        var ratios = new float[pi.Length];
        VirtualDistribution.LogRatio(logPi, Indices.From([.. Enumerable.Range(0, pi.Length)], pi.Length), temperature).Exp().CopyTo(ratios);
        return ratios;
    }

    [Theory]
    [InlineData(1.2, 0.921874, 1.135925, 1.275032, 0.645312, 0.227185, 0.127503)]
    [InlineData(0.8, 1.101684, 0.805453, 0.677303, 0.771179, 0.161091, 0.067730)]
    public void LogRatio_ThreeTokens_AreTheExamplesByHand(double temperature, double first, double second, double third, double a, double b, double c)
    {
        var ratios = Ratios(Pi, temperature);
        Assert.Equal(first, ratios[0], 1e-6);
        Assert.Equal(second, ratios[1], 1e-6);
        Assert.Equal(third, ratios[2], 1e-6);
        Assert.Equal(a, ratios[0] * Pi[0], 1e-6);
        Assert.Equal(b, ratios[1] * Pi[1], 1e-6);
        Assert.Equal(c, ratios[2] * Pi[2], 1e-6);
        Assert.Equal(1, ratios.Zip(Pi, (ratio, p) => (double)ratio * p).Sum(), 1e-6);
    }

    [Theory]
    [InlineData(0.8)]
    [InlineData(1.2)]
    [InlineData(3)]
    public void LogRatio_UniformPolicy_IsOneAtAnyTemperature(double temperature) => Assert.All(Ratios([0.25f, 0.25f, 0.25f, 0.25f], temperature), ratio => Assert.Equal(1, ratio, 1e-6f));

    [Fact]
    public void LogRatio_TemperatureOne_IsOne() => Assert.All(Ratios(Pi, 1), ratio => Assert.Equal(1, ratio, 1e-6f));

    [Fact]
    public void LogRatio_RareTokenAndHeat_HasNoBoundAndTheCapOne()
    {
        using var step = Step.Begin();
        var logPi = Tensor.From([MathF.Log(1 - 1e-9f), MathF.Log(1e-9f)], 1, 2);
        var logRatio = VirtualDistribution.LogRatio(logPi, Indices.From([1], 1), 1.2);
        Assert.Equal(31.6, logRatio.Exp().Item(), 0.3);
        var (zero, one) = (Tensor.From([0], 1), Tensor.From([1], 1));
        Assert.Equal(5, VirtualDistribution.Mix(zero, one, logRatio, 0.5, cap: 10).Item(), 1e-5);
        Assert.Equal(logRatio.Exp().Item() / 2, VirtualDistribution.Mix(zero, one, logRatio, 0.5).Item(), 1e-4);
    }

    [Fact]
    public void LogRatio_MaskedTokens_HaveNoPart()
    {
        using var step = Step.Begin();
        var logPi = Tensor.From([1, 2, 0.5f, 7], 1, 4).LogSoftmax(Mask.From([true, true, true, false], 1, 4));
        var plain = Tensor.From([1, 2, 0.5f], 1, 3).LogSoftmax();
        foreach (var temperature in new[] { 0.5, 0.8, 1.2 })
            Assert.Equal(VirtualDistribution.LogRatio(plain, Indices.From([1], 1), temperature).Item(), VirtualDistribution.LogRatio(logPi, Indices.From([1], 1), temperature).Item(), 1e-6);
    }

    [Fact]
    public void LogRatio_MeanOfAnyFunction_IsThatOfTheVirtualDistribution()
    {
        // E over pi of rho g = E over pi^T of g, for g drawn at random and pi from logits.
        var random = SeedTree.Root(3).Start();
        using var step = Step.Begin();
        for (var trial = 0; trial < 20; trial++)
        {
            float[] logits = [.. Enumerable.Range(0, 9).Select(_ => 2 * (float)random.NextNormal())], g = [.. Enumerable.Range(0, 9).Select(_ => (float)random.NextNormal())];
            var (pi, virtually) = (new double[9], new double[9]);
            Simplex.Softmax(Array.ConvertAll(logits, z => (double)z), 1, pi);
            Simplex.Softmax(Array.ConvertAll(logits, z => (double)z), 1.2, virtually);
            var logPi = Tensor.From([.. Enumerable.Range(0, 9).SelectMany(_ => logits)], 9, 9).LogSoftmax();
            var rho = new float[9];
            VirtualDistribution.LogRatio(logPi, Indices.From([.. Enumerable.Range(0, 9)], 9), 1.2).Exp().CopyTo(rho);
            Assert.Equal(virtually.Zip(g, (p, value) => p * value).Sum(), Enumerable.Range(0, 9).Sum(a => pi[a] * rho[a] * g[a]), 1e-5);
        }
    }

    [Theory]
    [InlineData(1.2, 0.0255595)]
    [InlineData(0.8, -0.0333072)]
    [InlineData(1.0, 0)]
    public void Reinforce_EveryActionCorrect_MovesTheEntropyAsByHand(double temperature, double change)
    {
        // Mean gradient in the logits, summed over all actions with their probabilities, through the objective itself: pi^T - pi.
        var inputs = new OracleInputs(1, new Shape(3));
        for (var a = 0; a < 3; a++) inputs.Parameters.All[0].Values[a] = MathF.Log(Pi[a]);
        using var step = Step.Begin();
        var logPi = inputs[0].Reshape(1, 3).Expand(3, 3).LogSoftmax();
        var chosen = Indices.From([0, 1, 2], 3);
        var rho = VirtualDistribution.LogRatio(logPi, chosen, temperature);
        var credit = VirtualDistribution.Mix(Tensor.Filled(0, 3), Tensor.Filled(1, 3), rho, 0.5) * 2f;
        var loss = -(logPi.Gather(chosen) * credit * Tensor.From(Pi, 3)).Sum();
        new Sgd(inputs.Parameters, 1e-9).Descend(loss);
        var gradient = inputs.Parameters.All[0].Gradient.ToArray();
        var entropy = -Pi.Sum(p => p * Math.Log(p));
        Assert.Equal(0.801819, entropy, 1e-6);
        var slope = Enumerable.Range(0, 3).Sum(a => -gradient[a] * -Pi[a] * (Math.Log(Pi[a]) + entropy));
        Assert.Equal(change, slope, 1e-6);
    }

    [Fact]
    public void Mix_CorrectAndWrong_AreTheExamplesByHand()
    {
        using var step = Step.Begin();
        var mixed = new float[2];
        VirtualDistribution.Mix(Tensor.From([1, -1], 2), Tensor.From([1, 0], 2), Tensor.Filled(MathF.Log(1.5f), 2), 0.2).CopyTo(mixed);
        Assert.Equal(1.1f, mixed[0], 1e-6f);
        Assert.Equal(-0.8f, mixed[1], 1e-6f);
        VirtualDistribution.Mix(Tensor.From([1, -1], 2), Tensor.From([1, 0], 2), Tensor.Filled(MathF.Log(1.5f), 2), 0.2, centre: 1).CopyTo(mixed);
        Assert.Equal(0.9f, mixed[0], 1e-6f);                                         // 0.8 + 0.2 (1.5 - 1)
        Assert.Equal(-0.8f, mixed[1], 1e-6f);
    }

    [Fact]
    public void Mix_OnTheSetPoint_IsGrposCreditBitForBit()
    {
        using var step = Step.Begin();
        var advantages = Tensor.From([0.3f, -1.7f, 0.1f], 3);
        var reading = new EntropyThermostat(0.7).Read(0.7, 0.3);
        var mixed = VirtualDistribution.Mix(advantages, Tensor.From([1, 0, 1], 3), Tensor.From([0.2f, 0.1f, 9], 3), reading.Weight);
        var logRatio = Tensor.From([0.1f, 0.5f, -0.4f], 3);
        Assert.Equal(DualClip.Terms(logRatio, advantages, 0.2f, 0.2f, 3).Sum().Item(), DualClip.Terms(logRatio, mixed, 0.2f, 0.2f, 3).Sum().Item());
    }

    [Fact]
    public void Mix_ZeroOneRewards_NeverLowersACorrectToken()
    {
        // In groups of 0 and 1 a correct answer's advantage is at least 0, so its credit is too, at any weight and ratio.
        var random = SeedTree.Root(5).Start();
        using var step = Step.Begin();
        for (var right = 1; right <= 8; right++)
        {
            float[] rewards = [.. Enumerable.Range(0, 8).Select(i => i < right ? 1f : 0f)], advantages = new float[8], mixed = new float[8];
            Credit.GroupScores.Standardize(rewards, advantages);
            VirtualDistribution.Mix(Tensor.From(advantages, 8), Tensor.From(rewards, 8), Tensor.Filled((float)random.NextNormal(), 8), random.NextDouble()).CopyTo(mixed);
            for (var i = 0; i < 8; i++) Assert.True(i < right ? mixed[i] >= 0 : mixed[i] <= 0);
        }
    }
}
