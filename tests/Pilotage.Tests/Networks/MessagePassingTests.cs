using Pilotage.Networks;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Tests.Networks;

public sealed class MessagePassingTests
{
    // A path 0 - 1 - 2 with 2 heard by 0 too, and a pair; four nodes of room, three neighbours.
    private static readonly int[] Neighbours =
    [
        1, 2, -1, 0, 2, -1, -1, 1, -1, -1, -1, -1,
        1, -1, -1, -1, -1, 0, -1, -1, -1, -1, -1, -1,
    ];

    private static readonly int[] Counts = [3, 2];

    public static TheoryData<Aggregation> Aggregations => [Aggregation.Sum, Aggregation.Mean, Aggregation.Max];

    [Theory, MemberData(nameof(Aggregations))]
    public void Forward_WithEdges_AgreesWithTheReference(Aggregation aggregation)
    {
        var network = new NetworkCase();
        var (x, edges) = (network.Input("x", 2, 4, 3), network.Input("edges", 2, 4, 3, 2));
        var layer = new MessagePassing(network.Parameters, "graph", 3, 5, 4, Activation.Silu, aggregation, ref network.Random, edgeInputs: 2);
        network.Check(() => layer.Forward(Tensor.Of(x), Graphs(5), Tensor.Of(edges)));
    }

    [Theory, MemberData(nameof(Aggregations))]
    public void Pool_OfPaddedGraphs_AgreesWithTheReference(Aggregation aggregation)
    {
        var network = new NetworkCase();
        var x = network.Input("x", 2, 4, 3);
        network.Check(() => Graphs(1).Pool(Tensor.Of(x), aggregation));
    }

    [Fact]
    public void Forward_OneNumberEach_IsTheSumWrittenByHand()
    {
        var network = new NetworkCase();
        var layer = new MessagePassing(network.Parameters, "graph", 1, 1, 1, Activation.None, Aggregation.Sum, ref network.Random);
        // m = sum of (2 own + 3 theirs + 0.5), y = 7 own + 10 m + 0.25
        foreach (var (parameter, value) in network.Parameters.All.Zip<Parameter, float>([2, 0.5f, 3, 7, 0.25f, 10])) parameter.Values.Fill(value);
        var y = NetworkCase.Values(() => layer.Forward(Tensor.From([1, 2, 3, 99, 4, 5, 99, 99], 2, 4, 1), Graphs(1)));

        float Node(float own, params float[] theirs) => 7 * own + 10 * theirs.Sum(v => 2 * own + 3 * v + 0.5f) + 0.25f;
        Assert.Equal([Node(1, 2, 3), Node(2, 1, 3), Node(3, 2), 0, Node(4, 5), Node(5, 4), 0, 0], y);
    }

    [Theory, MemberData(nameof(Aggregations))]
    public void Forward_NodesNumberedOtherwise_NumbersTheResultsOtherwise(Aggregation aggregation)
    {
        const int nodes = 6;
        var network = new NetworkCase();
        var layer = new MessagePassing(network.Parameters, "graph", 3, 8, 4, Activation.Tanh, aggregation, ref network.Random);
        network.Disturb();
        var random = new Randomness(9);
        var adjacent = Enumerable.Range(0, nodes * nodes).Select(_ => random.NextDouble() < 0.4).ToArray();
        var x = Enumerable.Range(0, nodes * 3).Select(_ => (float)random.NextNormal()).ToArray();
        var order = Enumerable.Range(0, nodes).ToArray();
        random.Shuffle(order.AsSpan());
        float[] Run(float[] features, bool[] edges) => NetworkCase.Values(() => layer.Forward(Tensor.From(features, 1, nodes, 3), PaddedGraphs.FromAdjacency(edges, [nodes], nodes, 8)));

        var plain = Run(x, adjacent);
        var permuted = Run([.. order.SelectMany(i => x[(3 * i)..(3 * i + 3)])], [.. order.SelectMany(i => order.Select(j => adjacent[nodes * i + j]))]);

        // Sums are taken in another order: the last bits differ.
        for (var i = 0; i < nodes; i++)
            for (var k = 0; k < 4; k++) Assert.Equal(plain[4 * order[i] + k], permuted[4 * i + k], 1e-5f);
    }

    [Theory, MemberData(nameof(Aggregations))]
    public void Forward_MorePaddingWithAnythingInIt_GivesTheSameBits(Aggregation aggregation)
    {
        var network = new NetworkCase();
        var layer = new MessagePassing(network.Parameters, "graph", 3, 8, 4, Activation.Tanh, aggregation, ref network.Random);
        network.Disturb();
        var x = Enumerable.Range(0, 9).Select(i => MathF.Sin(i)).ToArray();
        var tight = NetworkCase.Values(() => Tensor.Concat(-1, Both([1, 2, 0, 2, 1, -1], x, nodes: 3, degree: 2)));
        float[] padded = [.. x, .. Enumerable.Repeat(1e6f, 12)];
        int[] neighbours = [1, 2, -1, -1, -1, 0, 2, -1, -1, -1, 1, -1, -1, -1, -1, .. Enumerable.Repeat(-1, 20)];
        var loose = NetworkCase.Values(() => Tensor.Concat(-1, Both(neighbours, padded, nodes: 7, degree: 5)));

        Assert.Equal(tight, loose);

        Tensor[] Both(int[] lists, float[] features, int nodes, int degree)
        {
            var graphs = PaddedGraphs.FromNeighbours(lists, [3], nodes, degree, 8);
            var y = layer.Forward(Tensor.From(features, 1, nodes, 3), graphs);
            return [y.Slice(1, 0, 3).Reshape(1, 12), graphs.Pool(y, aggregation)];
        }
    }

    [Fact]
    public void Forward_Padding_GetsZerosAndGivesNoGradient()
    {
        var network = new NetworkCase();
        var x = network.Input("x", 2, 4, 3);
        var layer = new MessagePassing(network.Parameters, "graph", 3, 5, 4, Activation.Sigmoid, Aggregation.Mean, ref network.Random);
        network.Disturb();
        var y = NetworkCase.Values(() => layer.Forward(Tensor.Of(x), Graphs(5)));
        var gradient = network.GradientOf(x, () => layer.Forward(Tensor.Of(x), Graphs(5)));
        foreach (var row in (int[])[3, 6, 7])
        {
            Assert.All(y[(4 * row)..(4 * row + 4)], value => Assert.Equal(0, value));
            Assert.All(gradient[(3 * row)..(3 * row + 3)], value => Assert.Equal(0, value));
        }
        Assert.DoesNotContain(0f, gradient[..9]);
    }

    [Theory, MemberData(nameof(Aggregations))]
    public void Forward_NodeWithoutNeighbours_HearsNothing(Aggregation aggregation)
    {
        var network = new NetworkCase();
        var layer = new MessagePassing(network.Parameters, "graph", 3, 5, 4, Activation.None, aggregation, ref network.Random);
        network.Disturb();
        var y = NetworkCase.Values(() => layer.Forward(Tensor.Filled(1, 1, 1, 3), PaddedGraphs.FromNeighbours([-1], [1], 1, 1, 5)));
        var (self, bias) = (network.Parameters.All[3].Values.ToArray(), network.Parameters.All[4].Values.ToArray());
        for (var k = 0; k < 4; k++) Assert.Equal(self[k] + self[4 + k] + self[8 + k] + bias[k], y[k], 1e-5f);
    }

    [Fact]
    public void Pool_EmptyGraph_IsZero()
    {
        foreach (var aggregation in Enum.GetValues<Aggregation>())
            Assert.Equal([0], NetworkCase.Values(() => PaddedGraphs.FromNeighbours([-1, -1], [0], 2, 1, 1).Pool(Tensor.Filled(3, 1, 2, 1), aggregation)));
    }

    [Theory]
    [InlineData(2, -1)]
    [InlineData(-1, 0)]
    public void FromNeighbours_NodeThatIsNotThere_IsNamed(int heardByFirst, int heardByPadding)
    {
        using var step = Step.Begin();
        var error = Assert.Throws<ArgumentException>(() => PaddedGraphs.FromNeighbours([heardByFirst, -1, heardByPadding], [2], 3, 1, 4));
        Assert.Contains("but the graph has 2 nodes. Use -1 for padding.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Functions_WrongShapes_NameNetworkAndShapes()
    {
        var network = new NetworkCase();
        var layer = new MessagePassing(network.Parameters, "graph", 3, 5, 4, Activation.None, Aggregation.Sum, ref network.Random);
        using var step = Step.Begin();
        var wrongNodes = Assert.Throws<ArgumentException>(() => layer.Forward(Tensor.Filled(0, 2, 4, 2), Graphs(5)));
        Assert.StartsWith("MessagePassing graph: nodes [2, 4, 2], graphs of message width 5, edges none do not fit; wanted [2, 4, 3], 5, none.", wrongNodes.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => layer.Forward(Tensor.Filled(0, 2, 4, 3), Graphs(6)));
        Assert.Throws<ArgumentException>(() => layer.Forward(Tensor.Filled(0, 2, 4, 3), Graphs(5), Tensor.Filled(0, 2, 4, 3, 1)));
        Assert.Throws<ArgumentException>(() => PaddedGraphs.FromNeighbours([-1, -1], [3], 2, 1, 1));
        Assert.Throws<ArgumentException>(() => PaddedGraphs.FromNeighbours([-1], [1], 2, 1, 1));
    }

    private static PaddedGraphs Graphs(int width) => PaddedGraphs.FromNeighbours(Neighbours, Counts, 4, 3, width);
}
