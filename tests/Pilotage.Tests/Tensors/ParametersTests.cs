using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Tests.Tensors;

public sealed class ParametersTests
{
    [Fact]
    public void Add_SeveralShapes_AlignsEachAndKeepsEarlierValues()
    {
        var parameters = Of(("a", [3, 5], 1), ("b", [], 2), ("c", [17], 3));

        Assert.Equal([0, 16, 32], parameters.All.Select(parameter => parameter.Offset));
        Assert.Equal(15 + 1 + 17, parameters.Count);
        Assert.Equal(64, parameters.Values.Length);
        Assert.All(parameters.All[0].Values.ToArray(), value => Assert.Equal(1, value));
        Assert.All(parameters.All[1].Values.ToArray(), value => Assert.Equal(2, value));
        Assert.All(parameters.All[2].Values.ToArray(), value => Assert.Equal(3, value));
        Assert.Equal(15 + 2 + 51, parameters.Values.ToArray().Sum());       // so the padding is zero
    }

    [Fact]
    public void Add_TakenName_Throws()
    {
        var exception = Assert.Throws<ArgumentException>(() => Of(("a", [1], 1), ("a", [2], 1)));
        Assert.Contains("named a", exception.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(0, 1), InlineData(0.25, 1.5), InlineData(1, 3)]
    public void BlendFrom_Rate_MovesThatShareOfTheWay(float rate, float expected)
    {
        var (target, source) = (Of(("a", [17], 1)), Of(("a", [17], 3)));
        target.BlendFrom(source, rate);
        Assert.All(target.All[0].Values.ToArray(), value => Assert.Equal(expected, value));
        Assert.All(source.All[0].Values.ToArray(), value => Assert.Equal(3, value));
    }

    [Fact]
    public void BlendFrom_RateOutsideOrLayoutDifferent_Throws()
    {
        var parameters = Of(("a", [17], 1));
        foreach (var rate in new[] { -0.1f, 1.1f, float.NaN }) Assert.Throws<ArgumentException>(() => parameters.BlendFrom(Of(("a", [17], 1)), rate));
        Assert.Throws<ArgumentException>(() => parameters.BlendFrom(Of(("b", [17], 1)), 0.5f));
        Assert.Throws<ArgumentException>(() => parameters.BlendFrom(Of(("a", [1, 17], 1)), 0.5f));
        Assert.Throws<ArgumentException>(() => parameters.BlendFrom(Of(("a", [17], 1), ("b", [1], 1)), 0.5f));
    }

    [Fact]
    public void Blocks_LiveViews_HaveNamesAndShapes()
    {
        var parameters = Of(("a", [3, 5], 1), ("b", [2], 2));
        var blocks = parameters.Blocks;
        parameters.All[1].Values[1] = 7;
        Assert.Equal(["a", "b"], blocks.Select(block => block.Name));
        Assert.Equal([3, 5], blocks[0].Shape);
        Assert.Equal([2f, 7f], blocks[1].Values.ToArray());
    }

    private static Parameters Of(params (string Name, int[] Shape, float Value)[] each)
    {
        var parameters = new Parameters();
        var random = new Randomness(1);
        foreach (var (name, shape, value) in each) parameters.Add(name, new Shape(shape), new Initializer.Constant(value), ref random);
        return parameters;
    }
}
