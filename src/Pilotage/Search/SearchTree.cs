namespace Pilotage.Search;

/// <summary>Every state that a search met, with the step that led there: what paths are read from.</summary>
internal sealed class SearchTree<TState> where TState : notnull
{
    private readonly List<Node> _nodes = [];

    public TState StateOf(int node) => _nodes[node].State;

    /// <summary>g: what the path to a node costs.</summary>
    public double CostOf(int node) => _nodes[node].Cost;

    /// <summary>Adds the start.</summary>
    public int Add(TState start)
    {
        _nodes.Add(new(start, -1, -1, 0));
        return _nodes.Count - 1;
    }

    /// <summary>Adds a step.</summary>
    /// <exception cref="RunFailedException">Its cost or estimate is negative or NaN.</exception>
    public int Add(int parent, in SearchEdge<TState> edge)
    {
        if (!(edge.Cost >= 0) || !(edge.Estimate >= 0))
            throw new RunFailedException(FormattableString.Invariant(
                $"Action {edge.Action} in {_nodes[parent].State} has cost {edge.Cost} and estimate {edge.Estimate}; both must be at least 0. Check the problem's Expand."));
        _nodes.Add(new(edge.State, parent, edge.Action, _nodes[parent].Cost + edge.Cost));
        return _nodes.Count - 1;
    }

    public SearchPath<TState> PathTo(int node)
    {
        var actions = new List<int>();
        for (var at = node; _nodes[at].Parent >= 0; at = _nodes[at].Parent) actions.Add(_nodes[at].Action);
        actions.Reverse();
        return new(actions, _nodes[node].State, _nodes[node].Cost);
    }

    private readonly record struct Node(TState State, int Parent, int Action, double Cost);
}
