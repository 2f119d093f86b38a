using System.Numerics.Tensors;
using Pilotage.Tensors;
using Xunit;
using Tensor = Pilotage.Tensors.Tensor;

namespace Pilotage.Interop.Tests;

public sealed class TensorSpansTests
{
    private static readonly float[] Counted = [.. Enumerable.Range(0, 24).Select(i => (float)i)];

    [Fact]
    public void From_DenseView_HasItsShapeAndValues()
    {
        using var step = Step.Begin();

        var tensor = Tensor.From(new ReadOnlyTensorSpan<float>(Counted, [2, 3, 4]));

        Assert.Equal([2, 3, 4], Axes(tensor));
        Assert.Equal(Counted, Values(tensor));
    }

    [Fact]
    public void From_Slice_TakesWhatTheViewShows()
    {
        using var step = Step.Begin();

        var tensor = Tensor.From(new ReadOnlyTensorSpan<float>(Counted, [4, 6]).Slice([1..3, 2..5]));

        Assert.Equal([2, 3], Axes(tensor));
        Assert.Equal([8, 9, 10, 14, 15, 16], Values(tensor));
    }

    [Fact]
    public void From_Strides_TakesWhatTheViewShows()
    {
        using var step = Step.Begin();

        var tensor = Tensor.From(new ReadOnlyTensorSpan<float>(Counted.AsSpan(0, 6), [3, 2], [1, 3]));      // the transpose of [2, 3]

        Assert.Equal([0, 3, 1, 4, 2, 5], Values(tensor));
    }

    [Fact]
    public void CopyTo_SliceOfAView_WritesNothingElse()
    {
        using var step = Step.Begin();
        var all = new float[20];

        Tensor.From([1, 2, 3, 4], 2, 2).CopyTo(new TensorSpan<float>(all, [4, 5]).Slice([1..3, 2..4]));

        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 3, 4, 0, 0, 0, 0, 0, 0], all);
    }

    [Fact]
    public void CopyTo_OtherShape_IsRefused()
    {
        using var step = Step.Begin();
        var tensor = Tensor.From([1, 2, 3, 4], 2, 2);

        var refused = Record(() => tensor.CopyTo(new TensorSpan<float>(new float[4], [4])));

        Assert.StartsWith("CopyTo: the tensor is [2, 2], the view [4].", Assert.IsType<ArgumentException>(refused).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void From_SevenAxes_IsRefused()
    {
        using var step = Step.Begin();

        var refused = Record(() => Tensor.From(new ReadOnlyTensorSpan<float>(Counted.AsSpan(0, 1).ToArray(), [1, 1, 1, 1, 1, 1, 1])));

        Assert.Contains("7 axes", Assert.IsType<ArgumentException>(refused).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gradient_FlowsThroughWhatCameIn()
    {
        var random = SeedTree.Root(1).Start();
        var parameters = new Parameters();
        var weight = parameters.Add("w", new Shape(2), new Initializer.Constant(0), ref random);
        var optimizer = new Sgd(parameters, learningRate: 1);
        using (Step.Begin())
        {
            optimizer.Descend((Tensor.From(new ReadOnlyTensorSpan<float>([3, -5], [2])) * Tensor.Of(weight)).Sum());
        }

        Assert.Equal([-3f, 5f], parameters.Values[..2].ToArray());        // the buffer is padded
    }

    private static Exception? Record(Action action) => Xunit.Record.Exception(action);

    private static int[] Axes(Tensor tensor) => [.. Enumerable.Range(0, tensor.Shape.Rank).Select(axis => tensor.Shape[axis])];

    private static float[] Values(Tensor tensor)
    {
        var values = new float[tensor.Shape.Count];
        tensor.CopyTo(values.AsSpan());
        return values;
    }
}
