using Pilotage.Objectives;
using Pilotage.Systems.Language.LpReg;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Systems.Language.Tests.LpReg;

public sealed class ProxyDivergenceTests
{
    private static readonly float[] Policy = [0.6f, 0.25f, 0.1f, 0.04f, 0.006f, 0.004f];
    private static readonly float[] Proxy = [0.6f / 0.99f, 0.25f / 0.99f, 0.1f / 0.99f, 0.04f / 0.99f, 0, 0];

    [Theory]
    [InlineData(1.0, 0.7182818, -1.7182818)]
    [InlineData(0.0, 0.0, 0.0)]
    [InlineData(0.0100503359, 5.0674e-5, -0.0101010)]          // -ln 0.99: what is kept is 99 %
    [InlineData(0.1053605157, 0.0057506, -0.1111111)]          // -ln 0.9
    [InlineData(-2.0, 1.1353353, 0.8646647)]                   // exp(-2) + 2 - 1, never negative
    [InlineData(5.0, 10.0, 0.0)]                               // held to the limit, without a gradient
    public void K3_Difference_HasTheValueAndGradientWorkedOutByHand(double difference, double value, double gradient)
    {
        var (actual, slope) = ByLogProbability(-3, log => ProxyDivergence.K3(log, Tensor.From([(float)(difference - 3)], 1), 10));

        Assert.Equal(value, actual, 1e-5);
        Assert.Equal(gradient, slope, 1e-5);
    }

    [Fact]
    public void Forward_PolicyThatDrew_IsMinusLogOfWhatIsKeptAndPullsTowardsTheProxy()
    {
        double[] expected = [-0.006061, -0.002525, -0.001010, -0.000404, 0.006, 0.004];

        var (value, gradient) = ByLogits(logits => ProxyDivergence.Forward(logits.LogSoftmax(), Tensor.From(Proxy, 1, 6), NegativeEntropy()));

        Assert.Equal(0.0100503, value, 1e-6);
        for (var i = 0; i < 6; i++) Assert.Equal(expected[i], gradient[i], 1e-6);
        Assert.Equal(0, gradient.Sum(), 1e-6);
    }

    [Fact]
    public void Reverse_PolicyThatDrew_IsZero()
    {
        var kept = Proxy.Select(value => value > 0).ToArray();

        var (value, gradient) = ByLogits(logits => ProxyDivergence.Reverse(logits, Mask.From(kept, 1, 6), Tensor.From([.. Proxy.Select(each => each > 0 ? MathF.Log(each) : -1e4f)], 1, 6)));

        Assert.Equal(0, value, 1e-6);
        Assert.All(gradient, slope => Assert.Equal(0, slope, 1e-6));
    }

    [Fact]
    public void Reverse_OtherPolicy_IsTheSumOverWhatIsKept()
    {
        // Kept alone, the policy is (3/4, 1/4); the proxy (1/2, 1/2): 3/4 ln 3/2 + 1/4 ln 1/2.
        var (value, _) = ByLogits(
            logits => ProxyDivergence.Reverse(logits, Mask.From([true, true, false], 1, 3), Tensor.From([MathF.Log(0.5f), MathF.Log(0.5f), -1e4f], 1, 3)), [0.6f, 0.2f, 0.2f]);

        Assert.Equal(0.75 * Math.Log(1.5) + 0.25 * Math.Log(0.5), value, 1e-6);
    }

    [Theory]
    [InlineData(-1, 0.5)]
    [InlineData(-1, 5)]
    [InlineData(-1, 20)]
    public void ClipOfTheReleasedCode_NegativeAdvantage_NeverClipsTheGradient(float advantage, double ratio)
    {
        var (_, slope) = ByLogProbability((float)Math.Log(ratio), log => Surrogate.ClippedTerms(log, Tensor.From([advantage], 1), 1, 9));

        Assert.Equal(-advantage * ratio, slope, 1e-4);
    }

    [Theory]
    [InlineData(9.5, -9.5)]
    [InlineData(10.5, 0)]
    public void ClipOfTheReleasedCode_PositiveAdvantage_StopsAtTen(double ratio, double expected)
    {
        var (_, slope) = ByLogProbability((float)Math.Log(ratio), log => Surrogate.ClippedTerms(log, Tensor.From([1f], 1), 1, 9));

        Assert.Equal(expected, slope, 1e-4);
    }

    private static Tensor NegativeEntropy() => Tensor.From([(float)Proxy.Where(value => value > 0).Sum(value => value * Math.Log(value))], 1);

    private static (double Value, double Slope) ByLogProbability(float logProbability, Func<Tensor, Tensor> of)
    {
        var (value, gradient) = Gradient([logProbability], new(1), of);
        return (value, gradient[0]);
    }

    private static (double Value, float[] Gradient) ByLogits(Func<Tensor, Tensor> of, float[]? policy = null)
    {
        policy ??= Policy;
        return Gradient([.. policy.Select(value => MathF.Log(value))], new(1, policy.Length), of);
    }

    // Descent with a rate of 1 leaves the gradient as the difference.
    private static (double Value, float[] Gradient) Gradient(float[] at, Shape shape, Func<Tensor, Tensor> of)
    {
        var parameters = new Parameters();
        var random = SeedTree.Root(0).Start();
        var x = parameters.Add("x", shape, new Initializer.Constant(0), ref random);
        at.CopyTo(x.Values);
        double value;
        using (var step = Step.Begin())
        {
            var loss = of(Tensor.Of(x)).Sum();
            value = loss.Item();
            new Sgd(parameters, 1).Descend(loss);
        }
        var gradient = new float[at.Length];
        for (var i = 0; i < at.Length; i++) gradient[i] = at[i] - x.Values[i];
        return (value, gradient);
    }
}
