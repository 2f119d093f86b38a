using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Tensors;

public sealed class EmbeddingTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(5, 3, 8)]
    [InlineData(40, 33, 12)]
    [InlineData(7, 64, 30)]
    public void Embed_AnyTable_MatchesTheReference(int vocabulary, int width, int count)
    {
        var inputs = new OracleInputs(1, new Shape(vocabulary, width));
        var random = new Randomness(2);
        var tokens = new int[2 * count];
        foreach (ref var token in tokens.AsSpan()) token = random.NextInt(vocabulary);
        Oracle.Check(() => Indices.From(tokens, 2, count).Embed(inputs.Parameters.All[0]), inputs.Parameters);
        Oracle.Check(() => Indices.From(tokens, 2 * count).Embed(inputs.Parameters.All[0]).Square().Sum() + inputs[0].Sum(), inputs.Parameters);
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Embed_RepeatedIndex_AddsItsGradients(string backend)
    {
        var table = new OracleInputs(1, new Shape(3, 2));
        new float[] { 1, 2, 3, 4, 5, 6 }.CopyTo(table.Parameters.All[0].Values);
        using var step = Step.Begin(Backends.Open(backend));
        var rows = Indices.From([2, 0, 2], 3).Embed(table.Parameters.All[0]);
        Assert.Equal(new Shape(3, 2), rows.Shape);
        Assert.Equal([5, 6, 1, 2, 5, 6], Backends.Values(rows));
        Backends.Backward(rows.Sum(), table.Parameters);
        Assert.Equal([1, 1, 0, 0, 2, 2], table.Parameters.All[0].Gradient.ToArray());
    }

    [Fact]
    public void Embed_InAnotherSetsTable_IsAConstant()
    {
        var (table, inputs) = (new OracleInputs(1, new Shape(3, 2)), new OracleInputs(2, new Shape(2, 2)));
        using var step = Step.Begin();
        Backends.Backward((Indices.From([2, 0], 2).Embed(table.Parameters.All[0]) * inputs[0]).Sum(), inputs.Parameters);
        Assert.All(table.Parameters.All[0].Gradient.ToArray(), g => Assert.Equal(0, g));
        Assert.Contains(inputs.Parameters.All[0].Gradient.ToArray(), g => g != 0);
    }

    [Theory, MemberData(nameof(Backends.Names), MemberType = typeof(Backends))]
    public void Embed_IndexOutsideTheTable_NamesIndexAndPlace(string backend)
    {
        var table = new OracleInputs(1, new Shape(3, 2));
        using var step = Step.Begin(Backends.Open(backend), Gradient.None);
        var (above, below) = (Indices.From([2, 3], 2), Indices.From([-1, 0], 1, 2));
        Assert.Equal("Embed: index 3 at place 1 lies outside axis 0 of input0 [3, 2]; allowed are 0 to 2. (Parameter 'indices')",
            Assert.Throws<ArgumentOutOfRangeException>(() => above.Embed(table.Parameters.All[0])).Message);
        Assert.Equal("Embed: index -1 at place 0 lies outside axis 0 of input0 [3, 2]; allowed are 0 to 2. (Parameter 'indices')",
            Assert.Throws<ArgumentOutOfRangeException>(() => below.Embed(table.Parameters.All[0])).Message);
    }

    [Fact]
    public void Embed_TableThatIsNone_IsNamed()
    {
        var table = new OracleInputs(1, new Shape(3));
        using var step = Step.Begin();
        var index = Indices.From([0], 1);
        Assert.Equal("Embed: the table input0 [3] does not fit; wanted [vocabulary, n]. (Parameter 'table')",
            Assert.Throws<ArgumentException>(() => index.Embed(table.Parameters.All[0])).Message);
    }
}
