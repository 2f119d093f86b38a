using Pilotage.Networks;
using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Networks;

public sealed class RectifiedSineNetworkTests
{
    [Theory]
    [InlineData(0.5f, 0.3279236437844256)]
    [InlineData(1f, 0.3620823719446819)]
    [InlineData(-1f, -0.09256634146815894)]
    [InlineData(0f, 0)]
    public void RectifiedSine_WavesOfOneHalf_AreTheFormula(float x, double expected)
    {
        using var step = Step.Begin();
        Assert.Equal(expected, RectifiedSineNetwork.RectifiedSine(Tensor.Filled(x, 1), Tensor.Filled(0, 1)).Item(), 1e-6);
    }

    [Theory]
    [InlineData(0.7f, 1.2f)]
    [InlineData(-2.3f, -0.8f)]
    public void RectifiedSine_AnyWave_IsTheFormula(float x, float wave)
    {
        var s = 1 / (1 + Math.Exp(-wave));
        var y = s * Math.Sin(x / s);
        using var step = Step.Begin();
        Assert.Equal(y / (1 + Math.Exp(-1.5 * y / s)), RectifiedSineNetwork.RectifiedSine(Tensor.Filled(x, 1), Tensor.Filled(wave, 1)).Item(), 1e-6);
    }

    [Fact]
    public void Forward_Batch_AgreesWithTheReference()
    {
        var (network, parameters) = Make(members: 3);
        float[] x = [0.3f, -1.2f, 0.8f, 0.1f, 0.5f, -0.4f];
        Oracle.Check(() => network.Forward(Tensor.From(x, 3, 2)), parameters);
    }

    [Fact]
    public void Forward_Members_AreNetworksOfTheirOwn()
    {
        var (network, parameters) = Make(members: 3);
        float[] Apply(RectifiedSineNetwork one)
        {
            using var step = Step.Begin(null, Gradient.None);
            var results = new float[one.Members * 4 * 5];
            one.Forward(Tensor.From([0.3f, -1.2f, 0.8f, 0.1f, 0.5f, -0.4f, 2, -2], 4, 2)).CopyTo(results);
            return results;
        }

        var all = Apply(network);
        for (var member = 0; member < 3; member++)
        {
            var (alone, own) = Make(members: 1);
            foreach (var (whole, part) in parameters.All.Zip(own.All)) whole.Values.Slice(member * part.Shape.Count, part.Shape.Count).CopyTo(part.Values);
            Assert.Equal(all.AsSpan(member * 20, 20).ToArray(), Apply(alone));
        }
    }

    [Fact]
    public void Forward_WrongWidth_IsRefused()
    {
        var (network, _) = Make(members: 2);
        using var step = Step.Begin();
        var x = new float[6];
        Assert.Contains("wanted [rows, 2]", Assert.Throws<ArgumentException>(() => network.Forward(Tensor.From(x, 2, 3))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_FirstWeights_LieWithinTheirBounds()
    {
        var random = new Randomness(1);
        var parameters = new Parameters();
        _ = new RectifiedSineNetwork(parameters, "net", 2, 9, 64, 16, ref random);
        float Largest(string name) => parameters.All.Single(parameter => parameter.Name == $"net.{name}").Values.ToArray().Max(Math.Abs);
        foreach (var (name, bound) in new[] { ("0.weight", 1.0 / 3), ("0.bias", 1.0 / 3), ("1.weight", 1.0 / 8), ("2.bias", 1.0 / 8), ("wave", 1.0 / 8) }) Assert.InRange(Largest(name), 0.85 * bound, bound);
        Assert.All(parameters.All.Single(parameter => parameter.Name == "net.norm.gain").Values.ToArray(), gain => Assert.Equal(1, gain));
    }

    private static (RectifiedSineNetwork Network, Parameters Parameters) Make(int members)
    {
        var random = new Randomness((ulong)members);
        var parameters = new Parameters();
        return (new(parameters, "net", members, 2, 8, 5, ref random), parameters);
    }
}
