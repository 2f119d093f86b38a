using Pilotage.Distributions;
using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Pilotage.Tests.Tensors;
using Xunit;

namespace Pilotage.Tests.Distributions;

public sealed class CategoricalTests
{
    [Theory]
    [InlineData(0.49999997f, 0)]
    [InlineData(0.5f, 2)]
    public void Sample_OnTheBorder_BelongsToTheNextAction(float uniform, int wanted) => Assert.Equal(wanted, Categorical.Sample([0.5f, 0, 0.5f], uniform));

    [Fact]
    public void Sample_UniformOverTheUnitInterval_FollowsTheProbabilities()
    {
        float[] probabilities = [0.25f, 0, 0.5f, 0.25f];
        var counts = new int[4];
        for (var i = 0; i < 1000; i++) counts[Categorical.Sample(probabilities, (i + 0.5f) / 1000)]++;

        Assert.Equal([250, 0, 500, 250], counts);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(0.99999994f)]
    public void Sample_ZeroProbabilityAtTheEnds_IsNeverDrawn(float uniform)
    {
        // The sum is a little below 1, as rounding may leave it: the draw must still be an action that can happen.
        Assert.Contains(Categorical.Sample([0, 0.3f, 0.69999f, 0], uniform), new[] { 1, 2 });
    }

    [Fact]
    public void Mode_EqualOnes_TakesTheFirst() => Assert.Equal(1, Categorical.Mode([float.MinValue, -0.5f, -0.5f, -3]));

    [Fact]
    public void Entropy_UniformOverLegalActions_IsTheirLogarithm()
    {
        using var step = Step.Begin();
        var logPi = Categorical.Normalize(Tensor.From([3, 3, 3, 3], 1, 4), Mask.From([true, false, true, true], 1, 4));

        Assert.Equal(Math.Log(3), Categorical.Entropy(logPi).Item(), 1e-6);
    }

    [Fact]
    public void Functions_MaskedBatch_AgreeWithTheReference()
    {
        var inputs = new OracleInputs(9, new Shape(17, 5));
        var legal = Enumerable.Range(0, 85).Select(i => i % 5 == i / 5 % 5 || i % 3 != 0).ToArray();
        Tensor LogPi() => Categorical.Normalize(inputs[0], Mask.From(legal, 17, 5));

        Oracle.Check(() => Categorical.Entropy(LogPi()), inputs.Parameters);
        Oracle.Check(() => Categorical.LogProbability(LogPi(), Indices.From([.. Enumerable.Range(0, 17).Select(i => i % 5)], 17)), inputs.Parameters);
    }

    [Fact]
    public void Kl_AgainstItself_IsZeroAndElsewhereTheSumByHand()
    {
        using var step = Step.Begin();
        var p = Tensor.From([MathF.Log(0.5f), MathF.Log(0.25f), MathF.Log(0.25f)], 1, 3);
        var q = Tensor.From([MathF.Log(0.25f), MathF.Log(0.25f), MathF.Log(0.5f)], 1, 3);

        Assert.Equal(0, Categorical.Kl(p, p).Item());
        Assert.Equal(0.5 * Math.Log(2) + 0.25 * Math.Log(0.5), Categorical.Kl(p, q).Item(), 1e-6);
    }

    [Fact]
    public void Kl_MaskedBatch_IsNeverNegativeAndAgreesWithTheReference()
    {
        var inputs = new OracleInputs(4, new Shape(17, 5), new Shape(17, 5));
        var legal = Enumerable.Range(0, 85).Select(i => i % 5 == i / 5 % 5 || i % 3 != 0).ToArray();
        Tensor Kl() => Categorical.Kl(Categorical.Normalize(inputs[0], Mask.From(legal, 17, 5)), Categorical.Normalize(inputs[1], Mask.From(legal, 17, 5)));

        Oracle.Check(Kl, inputs.Parameters);
        using var step = Step.Begin();
        Assert.All(Backends.Values(Kl()), kl => Assert.True(kl >= 0));
    }

    [Fact]
    public void NormalizeAt_Temperature_ScalesDifferencesOfLogits()
    {
        using var step = Step.Begin();
        var logits = Tensor.From([1, 3], 1, 2);
        var cold = Backends.Values(Categorical.NormalizeAt(0.5f, logits));
        var hot = Backends.Values(Categorical.NormalizeAt(4f, logits));

        Assert.Equal(4, cold[1] - cold[0], 1e-5f);
        Assert.Equal(0.5f, hot[1] - hot[0], 1e-5f);
        Assert.Equal(Backends.Values(Categorical.Normalize(logits)), Backends.Values(Categorical.NormalizeAt(1f, logits)));
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void NormalizeAt_TemperatureThatIsNone_IsRefused(float temperature)
    {
        using var step = Step.Begin();
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Categorical.NormalizeAt(temperature, Tensor.Filled(0, 1, 2)));
        Assert.Contains("it must be a finite number above 0", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sample_Gumbel_FollowsTheProbabilitiesWithAndWithoutATensor()
    {
        double[] probabilities = [0.1, 0, 0.6, 0.3];
        float[] logits = [MathF.Log(0.1f) + 3, float.MinValue, MathF.Log(0.6f) + 3, MathF.Log(0.3f) + 3];
        const int draws = 20_000;
        var uniforms = Frequencies.Uniforms(7, draws * 4);
        var (scalar, tensor) = (new int[4], new int[4]);
        for (var i = 0; i < draws; i++) scalar[Categorical.Sample(logits, uniforms.AsSpan(i * 4, 4))]++;
        using var step = Step.Begin(gradient: Gradient.None);
        var drawn = new int[draws];
        Categorical.Sample(Tensor.From(logits, 1, 4) + Tensor.Filled(0, draws, 1), Tensor.From(uniforms, draws, 4)).CopyTo(drawn);
        foreach (var action in drawn) tensor[action]++;

        Frequencies.AssertFollow(probabilities, scalar);
        Frequencies.AssertFollow(probabilities, tensor);
    }

    [Fact]
    public void Sample_UniformsAtTheEnds_StaysLegal()
    {
        Assert.Equal(1, Categorical.Sample([float.MinValue, -5f], [0.99999994f, 0f]));
        Assert.Equal(0, Categorical.Sample([1f, -5f], [0f, 0f]));
    }
}
