using System.Buffers;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Tests.Tensors;

public sealed class GradientAccumulationTests
{
    [Fact]
    public void Accumulate_PartsOfALoss_UpdateAsTheWhole()
    {
        var (whole, parts) = (Make(), Make());
        var (first, second) = (new Sgd(whole, 0.5), new Sgd(parts, 0.5));
        UpdateReport one, two;
        using (var step = Step.Begin()) one = first.Descend(Part(whole, 1, 2) + Part(whole, -3, 0.5f), 1);
        using (var step = Step.Begin()) second.Accumulate(Part(parts, 1, 2));
        using (var step = Step.Begin()) two = second.Descend(Part(parts, -3, 0.5f), 1);

        Assert.Equal(one.Loss, two.Loss, 1e-6f);
        Assert.Equal(one.GradientNorm, two.GradientNorm, 1e-6f);
        Assert.Equal(1, second.Updates);
        for (var i = 0; i < 2; i++) Assert.Equal(whole.Values[i], parts.Values[i], 1e-6f);
    }

    [Fact]
    public void DescendAccumulated_ThenAnother_ForgetsTheGradientsBefore()
    {
        var (once, twice) = (Make(), Make());
        var (first, second) = (new Sgd(once, 0.5), new Sgd(twice, 0.5));
        using (var step = Step.Begin()) first.Descend(Part(once, 1, 2));
        using (var step = Step.Begin()) first.Descend(Part(once, 1, 2));
        for (var i = 0; i < 2; i++)
        {
            using (var step = Step.Begin()) second.Accumulate(Part(twice, 1, 2));
            second.DescendAccumulated();
        }
        Assert.Equal(once.Values, twice.Values);
    }

    [Fact]
    public void DescendAccumulated_WithoutAPart_Throws() => Assert.Throws<InvalidOperationException>(() => new Sgd(Make(), 0.5).DescendAccumulated());

    [Fact]
    public void Save_BetweenParts_Throws()
    {
        var parameters = Make();
        var optimizer = new Sgd(parameters, 0.5);
        using (var step = Step.Begin()) optimizer.Accumulate(Part(parameters, 1, 2));
        Assert.Throws<InvalidOperationException>(() => optimizer.Save(new ArrayBufferWriter<byte>()));
    }

    [Fact]
    public void Accumulate_PartThatIsNotFinite_ThrowsAndForgetsAllParts()
    {
        var (clean, failed) = (Make(), Make());
        var (first, second) = (new Sgd(clean, 0.5), new Sgd(failed, 0.5));
        using (var step = Step.Begin()) second.Accumulate(Part(failed, 1, 2));
        using (var step = Step.Begin()) Assert.Throws<RunFailedException>(() => second.Accumulate(Part(failed, float.PositiveInfinity, 0)));
        using (var step = Step.Begin()) first.Descend(Part(clean, 4, 1));
        using (var step = Step.Begin()) second.Descend(Part(failed, 4, 1));
        Assert.Equal(clean.Values, failed.Values);
    }

    private static Parameters Make()
    {
        var parameters = new Parameters();
        var random = SeedTree.Root(1).Start();
        parameters.Add("w", new(2), new Initializer.Normal(1), ref random);
        return parameters;
    }

    private static Tensor Part(Parameters parameters, float a, float b) => (Tensor.Of(parameters.All[0]) * Tensor.From([a, b], 2)).Sum().Square();
}
