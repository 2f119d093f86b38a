using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Tensors.Operators;

public sealed class ScatterAddTests
{
    [Fact]
    public void ScatterAdd_EachAxis_MatchesTheReference()
    {
        foreach (var shape in new int[][] { [1], [17], [5, 33], [3, 4, 5], [2, 3, 4, 5], [0, 3], [3, 0] })
            for (var axis = 0; axis < shape.Length; axis++)
                foreach (var extent in new[] { 1, 3, 20 })
                {
                    var random = new Randomness(4);
                    var inputs = new OracleInputs(1, new Shape(shape));
                    var picks = new int[inputs.Parameters.All[0].Shape.Count];
                    foreach (ref var pick in picks.AsSpan()) pick = random.NextInt(extent);
                    var along = axis;
                    Oracle.Check(() => inputs[0].ScatterAdd(Indices.From(picks, shape), along, extent), inputs.Parameters, maximumDifferences: 8);
                    Oracle.Check(() => inputs[0].ScatterAdd(Indices.From(picks, shape), along, extent).Sum() * inputs[0], inputs.Parameters, maximumDifferences: 8);
                }
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void ScatterAdd_WorkedExample_SumsAndGathers(string backend)
    {
        Assert.Equal([4, 0, 11, 0], Backends.Values(backend, [1, 5, 3, 6], x => x.ScatterAdd(Indices.From([0, 2, 0, 2], 4), 0, 4)));
        Assert.Equal([10, 30, 10, 30], Backends.GradientOfSum(backend, [1, 5, 3, 6], x => x.ScatterAdd(Indices.From([0, 2, 0, 2], 4), 0, 3) * Tensor.From([10, 20, 30], 3)));
    }

    [Fact]
    public void ScatterAdd_OfWhatWasGathered_IsGathersGradient()
    {
        var inputs = new OracleInputs(2, new Shape(4, 7), new Shape(4, 5));
        int[] picks = [0, 6, 3, 3, 1, 2, 2, 2, 2, 2, 6, 5, 4, 3, 2, 0, 0, 1, 6, 6];
        using var step = Step.Begin();
        var index = Indices.From(picks, 4, 5);
        Backends.Backward((inputs[0].Gather(index) * inputs[1].Detach()).Sum(), inputs.Parameters);
        Assert.Equal(inputs.Parameters.All[0].Gradient.ToArray(), Backends.Values(inputs[1].ScatterAdd(index, 1, 7)));
    }
}
