using Pilotage.Credit;
using Pilotage.Environments;
using Xunit;

namespace Pilotage.Tests.Credit;

public sealed class VTraceTests
{
    private static readonly float[] Rewards = [1, 2];
    private static readonly float[] Values = [0.5f, 1];
    private static readonly float[] NextValues = [1, 2];
    private static readonly End[] Running = [End.Running, End.Running];
    private static readonly float[] LogRatios = [MathF.Log(2), MathF.Log(0.5f)];
    private static readonly VTraceSettings Half = new(Discount: 0.5);

    [Fact]
    public void Compute_TwoSteps_EqualsTheSumWrittenByHand()
    {
        // Second: rho 0.5, delta 0.5 (2 + 1 - 1) = 1, v 2, advantage 1. First: rho and c cut from 2 to 1, delta 1 (1 + 0.5 - 0.5) = 1, v 0.5 + 1 + 0.5 (2 - 1) = 2, advantage 1 + 0.5 * 2 - 0.5.
        var (targets, advantages) = Compute(LogRatios, Running, Half);

        Assert.Equal([2f, 2f], targets, Near);
        Assert.Equal([1.5f, 1f], advantages, Near);
    }

    [Fact]
    public void Compute_Terminated_DoesNotBootstrapAndCutsTheTrace()
    {
        var (targets, advantages) = Compute(LogRatios, [End.Terminated, End.Running], Half);

        Assert.Equal(1, targets[0], 1e-6f);                               // the reward alone
        Assert.Equal(1 - 0.5f, advantages[0], 1e-6f);
    }

    [Fact]
    public void Compute_Truncated_BootstrapsAndCutsTheTrace()
    {
        var (targets, advantages) = Compute(LogRatios, [End.Truncated, End.Running], Half);

        Assert.Equal(1 + 0.5f * 1, targets[0], 1e-6f);                     // V of the true next state, nothing of the next episode
        Assert.Equal(1 + 0.5f * 1 - 0.5f, advantages[0], 1e-6f);
    }

    [Fact]
    public void Compute_OnPolicyLambdaOne_GivesNStepReturns()
    {
        var (targets, advantages) = Compute([0, 0], Running, new(Discount: 0.9));

        // V(x') of the first step is V of the second, so the sum telescopes: r + gamma r' + gamma² V''.
        Assert.Equal(1 + 0.9f * 2 + 0.81f * 2, targets[0], 1e-6f);
        Assert.Equal(targets[0] - 0.5f, advantages[0], 1e-6f);
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.7)]
    [InlineData(0.0)]
    public void Compute_OnPolicy_EqualsGeneralisedAdvantages(double traceDecay)
    {
        var (rewards, values, nextValues, _, ends) = Case(rows: 3, length: 60, seed: 5);
        var (targets, advantages, gae) = (new float[60], new float[60], new float[60]);
        VTrace.Compute(new float[60], rewards, values, nextValues, ends, 3, new(0.97, traceDecay), targets, advantages);
        Gae.Compute(rewards, values, nextValues, ends, 3, 0.97, traceDecay, gae);

        for (var i = 0; i < 60; i++) Assert.Equal(values[i] + gae[i], targets[i], 1e-4f);
        if (traceDecay == 1) for (var i = 0; i < 60; i++) Assert.Equal(gae[i], advantages[i], 1e-4f);
    }

    [Theory]
    [InlineData(1.0, 1.0, 1.0)]
    [InlineData(0.9, 2.0, 0.8)]
    [InlineData(0.5, 0.4, 0.3)]
    public void Compute_OffPolicy_EqualsThePapersSum(double traceDecay, double ratioCut, double traceCut)
    {
        const int rows = 2, length = 40;
        var (rewards, values, nextValues, logRatios, ends) = Case(rows, length, seed: 9);
        var (targets, advantages) = (new float[length], new float[length]);
        VTrace.Compute(logRatios, rewards, values, nextValues, ends, rows, new(0.95, traceDecay, ratioCut, traceCut), targets, advantages);

        for (var s = 0; s < length; s++)
        {
            var (expected, weight) = ((double)values[s], 1.0);
            for (var t = s; t < length; t += rows)                        // eq. 1: the sum over t of gamma^(t-s) (the product of c) delta
            {
                var next = ends[t] == End.Terminated ? 0 : 0.95 * nextValues[t];
                expected += weight * Math.Min(ratioCut, Math.Exp(logRatios[t])) * (rewards[t] + next - values[t]);
                weight *= 0.95 * traceDecay * Math.Min(traceCut, Math.Exp(logRatios[t]));
                if (ends[t] != End.Running) break;
            }
            Assert.Equal(expected, targets[s], 1e-4);
        }
    }

    [Fact]
    public void Compute_RatioOfZero_LeavesTheValue()
    {
        var (targets, advantages) = Compute([-200, -200], Running, Half);

        Assert.Equal(Values, targets);
        Assert.Equal([0f, 0f], advantages);
    }

    [Fact]
    public void Compute_HugeRatios_AreCut()
    {
        var (cut, _) = Compute([80, 80], Running, Half);
        var (onPolicy, _) = Compute([0, 0], Running, Half);

        Assert.Equal(onPolicy, cut);
    }

    [Fact]
    public void Compute_LengthsThatDoNotFit_TellsAllOfThem() => Assert.Equal(
        "Lengths differ or do not divide by 1 rows: log ratios 1, rewards 2, values 2, next values 2, ends 2, targets 2, advantages 2.",
        Assert.Throws<ArgumentException>(() => VTrace.Compute([0], Rewards, Values, NextValues, Running, 1, Half, new float[2], new float[2])).Message);

    private static bool Near(float a, float b) => Math.Abs(a - b) < 1e-6f;

    private static (float[] Targets, float[] Advantages) Compute(float[] logRatios, End[] ends, VTraceSettings settings)
    {
        var (targets, advantages) = (new float[2], new float[2]);
        VTrace.Compute(logRatios, Rewards, Values, NextValues, ends, 1, settings, targets, advantages);
        return (targets, advantages);
    }

    /// <summary>Random numbers in which V of a running step's next state is V of the next step, as in a rollout.</summary>
    private static (float[] Rewards, float[] Values, float[] NextValues, float[] LogRatios, End[] Ends) Case(int rows, int length, long seed)
    {
        var random = new Randomness((ulong)seed);
        var (rewards, values, nextValues, logRatios, ends) = (new float[length], new float[length], new float[length], new float[length], new End[length]);
        for (var i = length - 1; i >= 0; i--)
        {
            (rewards[i], values[i], logRatios[i]) = ((float)random.NextNormal(), (float)random.NextNormal(), (float)random.NextNormal());
            ends[i] = random.NextInt(5) switch { 0 => End.Terminated, 1 => End.Truncated, _ => End.Running };
            nextValues[i] = ends[i] == End.Running && i + rows < length ? values[i + rows] : (float)random.NextNormal();
        }
        return (rewards, values, nextValues, logRatios, ends);
    }
}
