using Pilotage.Numerics;

namespace Pilotage.Search;

/// <summary>Monte Carlo tree search for any number of players; with a determinisation, information set search for games with hidden cards.</summary>
/// <remarks>
/// Sources: UCT, Kocsis and Szepesvari, ECML 2006; PUCT, Silver et al., Nature 550 (2017); single-observer information sets, Cowling, Powley and Whitehouse, IEEE TCIAIG 4 (2012).
/// Symbols: n visits of a child, N visits of its parent (with hidden cards, simulations in which the child could be played), Q mean return for who chooses, c exploration, P prior.
/// A node is the list of actions that led to it. So chance and hidden cards need no nodes of their own: what is legal may differ from simulation to simulation, and a value is the mean
/// over what may be the case. Each player maximises its own return. One thread; after the first decisions nothing is allocated.
/// </remarks>
/// <typeparam name="TPosition">The game's position.</typeparam>
/// <param name="config">Valid settings.</param>
/// <param name="evaluation">Values leaves; <see langword="null"/> plays them out at random.</param>
/// <param name="determinization">Draws what the player to move cannot see; <see langword="null"/> if everything is seen.</param>
public sealed class TreeSearch<TPosition>(TreeSearchConfig config, ILeafEvaluation<TPosition>? evaluation = null, IDeterminization<TPosition>? determinization = null)
    where TPosition : struct, IPosition<TPosition>
{
    private const int Root = 0, None = -1;
    private readonly ILeafEvaluation<TPosition> _evaluation = evaluation ?? new RandomPlayout<TPosition>();
    private readonly List<int> _path = [];                                               // nodes of the running simulation
    private Node[] _nodes = new Node[1024];
    private int _count;
    private TPosition _position;                                                         // of the running simulation
    private int[] _legal = [];
    private bool[] _isOpen = [];                                                         // legal actions without a child, by action; all false between uses
    private double[] _priors = [];
    private double[] _returns = [];

    /// <summary>Nodes of the last search.</summary>
    public int NodeCount => _count;

    /// <summary>Searches from a position.</summary>
    /// <param name="position">Not over. It is copied, never changed.</param>
    /// <param name="random">Draws chance, hidden cards and playouts.</param>
    /// <returns>The action with the most visits; of equals the one of higher value.</returns>
    /// <exception cref="ArgumentException">The game is over.</exception>
    /// <exception cref="RunFailedException">A position has no legal action, or one outside its limit; or a return is not finite.</exception>
    public int Decide(in TPosition position, ref Randomness random)
    {
        if (position.IsOver) throw new ArgumentException("The game is over; there is nothing to decide.", nameof(position));
        MakeRoom(position);
        for (var i = 0; i < config.Simulations; i++) Simulate(position, ref random);
        var best = new ActionStatistics(None, -1, 0);
        for (var child = _nodes[Root].FirstChild; child != None; child = _nodes[child].NextSibling)
        {
            var known = StatisticsOf(child);
            if (known.Visits > best.Visits || (known.Visits == best.Visits && known.Value > best.Value)) best = known;
        }
        return best.Action;
    }

    /// <summary>What the last search knows of each action at the root, by action.</summary>
    /// <returns>A new list.</returns>
    public IReadOnlyList<ActionStatistics> RootStatistics()
    {
        var known = new List<ActionStatistics>();
        for (var child = _nodes[Root].FirstChild; child != None; child = _nodes[child].NextSibling) known.Add(StatisticsOf(child));
        known.Sort((a, b) => a.Action.CompareTo(b.Action));
        return known;
    }

    private void Simulate(in TPosition root, ref Randomness random)
    {
        if (determinization is null) root.CopyTo(ref _position);
        else determinization.Sample(root, root.Player, ref _position, ref random);
        _path.Clear();
        _path.Add(Root);
        for (var node = Root; ;)
        {
            if (_position.IsOver)
            {
                _position.Score(_returns);
                break;
            }
            var legal = Legal();
            if (config.Selection == TreeSelection.Puct && _nodes[node].FirstChild == None)
            {
                var player = _position.Player;                                            // a playout moves the position on
                Evaluate(legal, ref random);
                for (var i = 0; i < legal.Length; i++) Add(node, player, legal[i], _priors[i]);
                break;
            }
            var child = Choose(node, legal, ref random);
            if (child == None)                                                            // the tree is full
            {
                Evaluate(legal, ref random);
                break;
            }
            _position.Play(_nodes[child].Action, ref random);
            _path.Add(child);
            node = child;
            if (config.Selection != TreeSelection.Uct || _nodes[child].Visits > 0 || _position.IsOver) continue;
            Evaluate(Legal(), ref random);
            break;
        }
        Learn();
    }

    // Takes a legal action that was never tried, if there is one; else the one of the highest score.
    private int Choose(int parent, ReadOnlySpan<int> legal, ref Randomness random)
    {
        foreach (var action in legal) _isOpen[action] = true;
        var (untried, visits, sum) = (legal.Length, 0, 0.0);
        for (var child = _nodes[parent].FirstChild; child != None; child = _nodes[child].NextSibling)
        {
            ref var known = ref _nodes[child];
            known.IsLegal = _isOpen[known.Action];
            if (!known.IsLegal) continue;
            _isOpen[known.Action] = false;
            untried--;
            known.Availability++;
            visits += known.Visits;
            sum += known.Sum;
        }
        if (untried > 0 && _count < config.MaximumNodes) return AddUntried(parent, legal, random.NextInt(untried));
        foreach (var action in legal) _isOpen[action] = false;
        var firstPlay = visits > 0 ? sum / visits : 0;                                    // what an unvisited action is thought to be worth
        var (best, bestScore) = (None, double.NegativeInfinity);
        for (var child = _nodes[parent].FirstChild; child != None; child = _nodes[child].NextSibling)
        {
            if (!_nodes[child].IsLegal) continue;
            var score = Score(_nodes[child], _nodes[parent].Visits, firstPlay);
            if (score > bestScore) (best, bestScore) = (child, score);
        }
        return best;
    }

    private double Score(in Node child, int parentVisits, double firstPlay)
    {
        var mean = child.Visits > 0 ? child.Sum / child.Visits : firstPlay;
        if (config.Selection == TreeSelection.Puct) return mean + config.Exploration * child.Prior * Math.Sqrt(parentVisits) / (1 + child.Visits);
        var trials = determinization is null ? parentVisits : child.Availability;
        return mean + config.Exploration * Math.Sqrt(Logarithm.Log(trials) / child.Visits);
    }

    private int AddUntried(int parent, ReadOnlySpan<int> legal, int place)
    {
        var added = None;
        foreach (var action in legal)
        {
            if (_isOpen[action] && place-- == 0) added = Add(parent, _position.Player, action, 1.0 / legal.Length);
            _isOpen[action] = false;
        }
        return added;
    }

    private int Add(int parent, int player, int action, double prior)
    {
        if (_count >= config.MaximumNodes) return None;
        if (_count == _nodes.Length) Array.Resize(ref _nodes, 2 * _count);
        _nodes[_count] = new() { Action = action, Player = player, FirstChild = None, NextSibling = _nodes[parent].FirstChild, Prior = (float)prior, Availability = 1 };
        _nodes[parent].FirstChild = _count;
        return _count++;
    }

    private void Evaluate(ReadOnlySpan<int> legal, ref Randomness random) =>
        _evaluation.Evaluate(ref _position, legal, _priors.AsSpan(0, legal.Length), _returns, ref random);

    private void Learn()
    {
        foreach (var value in _returns)
            if (!double.IsFinite(value)) throw new RunFailedException(FormattableString.Invariant($"A simulation returned {value}; returns must be finite. Check the game's Score or the evaluation."));
        foreach (var node in _path)
        {
            ref var visited = ref _nodes[node];
            visited.Visits++;
            if (node != Root) visited.Sum += _returns[visited.Player];
        }
    }

    private ReadOnlySpan<int> Legal()
    {
        var legal = _legal.AsSpan(0, _position.ListLegal(_legal));
        if (legal.IsEmpty) throw new RunFailedException("A position that is not over has no legal action. End the game there, or list one.");
        foreach (var action in legal)
            if ((uint)action >= (uint)_isOpen.Length) throw new RunFailedException($"Action {action} is not in [0, {_isOpen.Length}). Raise the position's ActionLimit.");
        return legal;
    }

    private void MakeRoom(in TPosition position)
    {
        if (_isOpen.Length != position.ActionLimit) (_legal, _isOpen, _priors) = (new int[position.ActionLimit], new bool[position.ActionLimit], new double[position.ActionLimit]);
        if (_returns.Length != position.Players) _returns = new double[position.Players];
        (_nodes[Root], _count) = (new() { FirstChild = None }, 1);
    }

    private ActionStatistics StatisticsOf(int node) => new(_nodes[node].Action, _nodes[node].Visits, _nodes[node].Visits > 0 ? _nodes[node].Sum / _nodes[node].Visits : 0);

    private struct Node
    {
        public double Sum;                               // of returns for the player who chose this node's action
        public int Action, Player, FirstChild, NextSibling, Visits;
        public int Availability;                         // simulations in which it could be chosen
        public float Prior;
        public bool IsLegal;                             // in the running simulation
    }
}
