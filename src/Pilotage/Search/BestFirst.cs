namespace Pilotage.Search;

/// <summary>Best-first search: always goes on from the state whose path, with what is thought to be left, costs least (A*).</summary>
/// <remarks>
/// Source: Hart, Nilsson and Raphael, IEEE SSC 4 (1968); weighted: Pohl, Artificial Intelligence 1 (1970). Symbols: g cost of the path so far, h estimate of what
/// is left, f = g + w h, w weight. Optimal with w = 1 if no h is too large; at most w times the optimum above. States are opened again when a cheaper path to them appears,
/// so h need not be consistent. Of equal f the smaller h goes first, then the one that was found first: the same problem gives the same path.
/// </remarks>
public static class BestFirst
{
    /// <summary>Finds the cheapest path.</summary>
    /// <typeparam name="TState">The problem's state.</typeparam>
    /// <param name="problem">What follows what.</param>
    /// <param name="start">Where paths begin.</param>
    /// <param name="maximumExpansions">Gives up after so many, at least 0.</param>
    /// <param name="weight">w, at least 0. 0 is uniform-cost search; 1 A*; above 1 faster and up to so much worse.</param>
    /// <param name="cancellation">Looked at before each expansion.</param>
    /// <returns>At most one path. Without one, <see cref="SearchOutcome{TState}.IsComplete"/> tells whether there is none or the budget ended.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    /// <exception cref="RunFailedException">A cost or an estimate is negative or NaN.</exception>
    /// <exception cref="OperationCanceledException">Stopped by <paramref name="cancellation"/>.</exception>
    public static SearchOutcome<TState> Find<TState>(
        ISearchProblem<TState> problem, TState start, long maximumExpansions = long.MaxValue, double weight = 1, CancellationToken cancellation = default) where TState : notnull
    {
        ArgumentOutOfRangeException.ThrowIfNegative(maximumExpansions);
        if (!(weight is >= 0 and < double.PositiveInfinity)) throw new ArgumentOutOfRangeException(nameof(weight), weight, "The weight must be at least 0 and finite.");
        var (tree, edges, open, cheapest) = (new SearchTree<TState>(), new List<SearchEdge<TState>>(), new PriorityQueue<int, Rank>(), new Dictionary<TState, int>());
        var root = tree.Add(start);
        cheapest.Add(start, root);
        open.Enqueue(root, new(0, 0, 0));
        var (expansions, order) = (0L, 0L);
        while (open.TryDequeue(out var node, out var rank))
        {
            var state = tree.StateOf(node);
            if (cheapest[state] != node) continue;                                       // a cheaper path was found since
            if (problem.IsGoal(state)) return new([tree.PathTo(node)], expansions, IsComplete: true, tree.CostOf(node) / Math.Max(1, weight));
            if (expansions == maximumExpansions) return new([], expansions, IsComplete: false, rank.Total / Math.Max(1, weight));
            cancellation.ThrowIfCancellationRequested();
            expansions++;
            edges.Clear();
            problem.Expand([state], edges);
            foreach (var edge in edges)
            {
                var isKnown = cheapest.TryGetValue(edge.State, out var known);
                if (isKnown && tree.CostOf(node) + edge.Cost >= tree.CostOf(known)) continue;
                var next = tree.Add(node, edge);
                cheapest[edge.State] = next;
                if (!double.IsPositiveInfinity(edge.Estimate)) open.Enqueue(next, new(tree.CostOf(next) + weight * edge.Estimate, edge.Estimate, ++order));
            }
        }
        return new([], expansions, IsComplete: true, double.PositiveInfinity);
    }

    private readonly record struct Rank(double Total, double Estimate, long Order) : IComparable<Rank>
    {
        public int CompareTo(Rank other) =>
            Total.CompareTo(other.Total) is var total and not 0 ? total : Estimate.CompareTo(other.Estimate) is var estimate and not 0 ? estimate : Order.CompareTo(other.Order);
    }
}
