namespace Pilotage.Search;

/// <summary>Beam search: goes forward layer by layer and keeps the few best states of each. Finds good paths fast and proves nothing, unless no layer was cut.</summary>
/// <remarks>
/// Source: Lowerre, "The Harpy speech recognition system", Carnegie Mellon, 1976. Symbols: g cost so far, h estimate, f = g + h, B width. A layer's states that are goals are set aside;
/// of the others the B of smallest f go on, of equals the first found. Equal states of a layer count once, with their cheapest path. Once B goals are known, states that cost as
/// much as the worst of them are dropped.
/// </remarks>
public static class Beam
{
    /// <summary>Finds up to <paramref name="width"/> paths.</summary>
    /// <typeparam name="TState">The problem's state.</typeparam>
    /// <param name="problem">What follows what; it expands a whole layer at once.</param>
    /// <param name="start">Where paths begin.</param>
    /// <param name="width">B, at least 1. 1 is greedy; without limit it is exhaustive.</param>
    /// <param name="maximumDepth">Longest path, in steps, at least 0.</param>
    /// <param name="cancellation">Looked at before each layer.</param>
    /// <returns>Paths by cost, of equals the first found. The bound is 0 where a layer was cut.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is outside its range.</exception>
    /// <exception cref="RunFailedException">A cost or an estimate is negative or NaN.</exception>
    /// <exception cref="OperationCanceledException">Stopped by <paramref name="cancellation"/>.</exception>
    public static SearchOutcome<TState> Find<TState>(
        ISearchProblem<TState> problem, TState start, int width, int maximumDepth, CancellationToken cancellation = default) where TState : notnull
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(maximumDepth);
        var (tree, edges, goals) = (new SearchTree<TState>(), new List<SearchEdge<TState>>(), new List<int>());
        var layer = new List<int> { tree.Add(start) };
        var (expansions, isComplete) = (0L, true);
        for (var depth = 0; layer.Count > 0; depth++)
        {
            cancellation.ThrowIfCancellationRequested();
            goals = [.. goals.Concat(layer.Where(node => problem.IsGoal(tree.StateOf(node)))).OrderBy(tree.CostOf).Take(width)];          // stable
            layer.RemoveAll(node => problem.IsGoal(tree.StateOf(node)) || (goals.Count == width && tree.CostOf(node) >= tree.CostOf(goals[^1])));
            if (depth == maximumDepth)
            {
                isComplete &= layer.Count == 0;
                break;
            }
            edges.Clear();
            problem.Expand([.. layer.Select(tree.StateOf)], edges);
            expansions += layer.Count;
            var next = Candidates(tree, layer, edges);
            isComplete &= next.Count <= width;
            layer = [.. next.OrderBy(candidate => candidate.Total).Take(width).Select(candidate => candidate.Node)];                     // stable
        }
        var bound = !isComplete ? 0 : goals.Count > 0 ? tree.CostOf(goals[0]) : double.PositiveInfinity;
        return new([.. goals.Select(tree.PathTo)], expansions, isComplete, bound);
    }

    private static List<(int Node, double Total)> Candidates<TState>(SearchTree<TState> tree, List<int> layer, List<SearchEdge<TState>> edges) where TState : notnull
    {
        var (candidates, places) = (new List<(int Node, double Total)>(), new Dictionary<TState, int>());
        foreach (var edge in edges)
        {
            var node = tree.Add(layer[edge.Parent], edge);
            if (double.IsPositiveInfinity(edge.Estimate)) continue;
            var candidate = (node, tree.CostOf(node) + edge.Estimate);
            if (places.TryAdd(edge.State, candidates.Count)) candidates.Add(candidate);
            else if (tree.CostOf(node) < tree.CostOf(candidates[places[edge.State]].Node)) candidates[places[edge.State]] = candidate;
        }
        return candidates;
    }
}
