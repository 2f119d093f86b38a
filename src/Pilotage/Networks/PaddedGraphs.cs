using System.Buffers;
using Pilotage.Tensors;

namespace Pilotage.Networks;

/// <summary>Several graphs of one step side by side, padded to the same numbers of nodes and of neighbours: who hears whom. Made once, used by every round of messages.</summary>
/// <remarks>A handle like <see cref="Tensor"/>: valid until the step ends. Edges have a direction; name both for an undirected one.</remarks>
public readonly struct PaddedGraphs
{
    private readonly Indices _places;
    private readonly Mask _isNeighbour;
    private readonly Mask _isNode;
    private readonly Tensor _neighbourCounts;
    private readonly Tensor _nodeCounts;

    private PaddedGraphs(ReadOnlySpan<int> neighbours, ReadOnlySpan<int> nodeCounts, int nodes, int degree, int width)
    {
        (Count, Nodes, Degree, Width) = (nodeCounts.Length, nodes, degree, width);
        var (rows, slots) = (Count * nodes, Count * nodes * degree);
        var places = ArrayPool<int>.Shared.Rent(slots * width);
        var marks = ArrayPool<bool>.Shared.Rent(slots + rows);
        var counts = ArrayPool<float>.Shared.Rent(rows + Count);
        try
        {
            for (var row = 0; row < rows; row++)
            {
                var (graph, heard) = (row / nodes, 0);
                marks[slots + row] = row % nodes < nodeCounts[graph];
                for (var slot = row * degree; slot < (row + 1) * degree; slot++)
                {
                    marks[slot] = neighbours[slot] >= 0;
                    if (marks[slot]) heard++;
                    places.AsSpan(slot * width, width).Fill(Math.Max(0, neighbours[slot]));
                }
                counts[row] = Math.Max(1, heard);
            }
            for (var graph = 0; graph < Count; graph++) counts[rows + graph] = Math.Max(1, nodeCounts[graph]);
            _places = Indices.From(places.AsSpan(0, slots * width), Count, nodes * degree, width);
            _isNeighbour = Mask.From(marks.AsSpan(0, slots), Count, nodes, degree, 1);
            _isNode = Mask.From(marks.AsSpan(slots, rows), Count, nodes, 1);
            _neighbourCounts = Tensor.From(counts.AsSpan(0, rows), Count, nodes, 1);
            _nodeCounts = Tensor.From(counts.AsSpan(rows, Count), Count, 1);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(places);
            ArrayPool<bool>.Shared.Return(marks);
            ArrayPool<float>.Shared.Return(counts);
        }
    }

    /// <summary>Number of graphs.</summary>
    public int Count { get; }

    /// <summary>Nodes per graph, padding included.</summary>
    public int Nodes { get; }

    /// <summary>Neighbours per node, padding included.</summary>
    public int Degree { get; }

    /// <summary>Numbers of a message.</summary>
    public int Width { get; }

    /// <summary>Makes graphs from lists of neighbours.</summary>
    /// <param name="neighbours">[graphs, nodes, degree]: the nodes that a node hears; -1 for padding, anywhere in the list.</param>
    /// <param name="nodeCounts">Per graph, how many nodes there are: the first ones. The others are padding and have no neighbours.</param>
    /// <param name="nodes">Nodes per graph, padding included, at least 1.</param>
    /// <param name="degree">Neighbours per node, padding included, at least 1.</param>
    /// <param name="width">Numbers of a message: the <see cref="MessagePassing"/> networks' that will use it.</param>
    /// <returns>The graphs, valid until the step ends.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit, or a list names or belongs to a node that is not there.</exception>
    public static PaddedGraphs FromNeighbours(ReadOnlySpan<int> neighbours, ReadOnlySpan<int> nodeCounts, int nodes, int degree, int width)
    {
        Check(neighbours.Length, "neighbours", nodeCounts, nodes, degree, width);
        for (var i = 0; i < neighbours.Length; i++)
        {
            var (graph, node) = (i / (nodes * degree), i / degree % nodes);
            if (neighbours[i] >= nodeCounts[graph] || (neighbours[i] >= 0 && node >= nodeCounts[graph]))
                throw new ArgumentException($"PaddedGraphs: node {node} of graph {graph} is said to hear node {neighbours[i]}, but the graph has {nodeCounts[graph]} nodes. Use -1 for padding.", nameof(neighbours));
        }
        return new(neighbours, nodeCounts, nodes, degree, width);
    }

    /// <summary>Makes graphs from adjacency matrices; every node has as many places for neighbours as there are nodes, so this suits small or dense graphs.</summary>
    /// <param name="adjacent">[graphs, nodes, nodes]: whether the row's node hears the column's. What it says of padding is not read.</param>
    /// <param name="nodeCounts">Per graph, how many nodes there are: the first ones.</param>
    /// <param name="nodes">Nodes per graph, padding included, at least 1.</param>
    /// <param name="width">Numbers of a message.</param>
    /// <returns>The graphs, valid until the step ends.</returns>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static PaddedGraphs FromAdjacency(ReadOnlySpan<bool> adjacent, ReadOnlySpan<int> nodeCounts, int nodes, int width)
    {
        Check(adjacent.Length, "adjacencies", nodeCounts, nodes, nodes, width);
        var rented = ArrayPool<int>.Shared.Rent(adjacent.Length);
        var neighbours = rented.AsSpan(0, adjacent.Length);
        for (var i = 0; i < adjacent.Length; i++)
        {
            var count = nodeCounts[i / (nodes * nodes)];
            neighbours[i] = adjacent[i] && i / nodes % nodes < count && i % nodes < count ? i % nodes : -1;
        }
        var graphs = new PaddedGraphs(neighbours, nodeCounts, nodes, nodes, width);
        ArrayPool<int>.Shared.Return(rented);
        return graphs;
    }

    /// <summary>One row of numbers for each graph from its nodes, padding left out: what the graph is like as a whole.</summary>
    /// <param name="x">[graphs, nodes, numbers].</param>
    /// <param name="aggregation">How.</param>
    /// <returns>[graphs, numbers].</returns>
    /// <exception cref="ArgumentException">The shape does not fit.</exception>
    public Tensor Pool(Tensor x, Aggregation aggregation)
    {
        var shape = x.Shape;
        if (shape.Rank != 3 || shape[0] != Count || shape[1] != Nodes) throw new ArgumentException($"PaddedGraphs: nodes {shape} do not fit; wanted [{Count}, {Nodes}, numbers].", nameof(x));
        return Aggregate(x, _isNode, _nodeCounts, aggregation, axis: 1);
    }

    /// <summary>What each node hears, in each of its places for neighbours.</summary>
    internal Tensor Hear(Tensor x) => x.Gather(_places, axis: 1).Reshape(Count, Nodes, Degree, Width);

    /// <summary>One message for each node from those in its places.</summary>
    internal Tensor Collect(Tensor messages, Aggregation aggregation) => Aggregate(messages, _isNeighbour, _neighbourCounts, aggregation, axis: 2);

    /// <summary>Zeros in the padding nodes.</summary>
    internal Tensor Blank(Tensor x) => Tensor.Where(_isNode, x, Tensor.Filled(0));

    private static Tensor Aggregate(Tensor x, Mask isThere, Tensor counts, Aggregation aggregation, int axis)
    {
        if (aggregation != Aggregation.Max)
        {
            var sum = Tensor.Where(isThere, x, Tensor.Filled(0)).Sum(axis);
            return aggregation == Aggregation.Mean ? sum / counts : sum;
        }
        var largest = Tensor.Where(isThere, x, Tensor.Filled(float.MinValue)).Max(axis);
        return Tensor.Where(largest.IsEqual(Tensor.Filled(float.MinValue)), Tensor.Filled(0), largest);
    }

    private static void Check(int length, string what, ReadOnlySpan<int> nodeCounts, int nodes, int degree, int width)
    {
        if (nodes < 1 || degree < 1 || width < 1 || length != nodeCounts.Length * nodes * degree)
            throw new ArgumentException($"PaddedGraphs: {length} {what} do not fit {nodeCounts.Length} graphs of {nodes} nodes with {degree} places for neighbours and messages of {width}; wanted {nodeCounts.Length * nodes * degree}, and each at least 1.");
        for (var graph = 0; graph < nodeCounts.Length; graph++)
            if (nodeCounts[graph] < 0 || nodeCounts[graph] > nodes)
                throw new ArgumentException($"PaddedGraphs: graph {graph} has {nodeCounts[graph]} nodes; wanted 0 to {nodes}.", nameof(nodeCounts));
    }
}
