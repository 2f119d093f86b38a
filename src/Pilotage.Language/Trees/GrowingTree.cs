using Pilotage.Language.Generation;
using Pilotage.Language.Groups;
using Pilotage.Language.Tasks;
using Pilotage.Language.Tokenizers;

namespace Pilotage.Language.Trees;

/// <summary>One query's share of <see cref="TreeSampler"/>: which paths stop, how the others fork, and where a finished one is grown again.</summary>
internal sealed class GrowingTree
{
    private readonly TreeConfig _config;
    private readonly GenerationSession _session;
    private readonly ITokenizer _tokenizer;
    private readonly double _temperature;
    private readonly TreeNode _root;
    private readonly List<GrowingPath> _active = [];
    private readonly List<GrowingPath> _leaves = [];
    private Randomness _random;
    private int _fallbacks;

    public GrowingTree(TreeConfig config, GenerationSession session, ITokenizer tokenizer, TextProblem problem, SeedTree seeds, double temperature)
    {
        (_config, _session, _tokenizer, _temperature) = (config, session, tokenizer, temperature);
        _root = new(seeds.Branch("segments"));
        _random = seeds.Branch("shape").Start();
        Trunk = session.Start(new(tokenizer.Encode(problem.Prompt), seeds, config.MaximumTokens) { EndToken = tokenizer.EndToken, StopTexts = config.AnswerEnd.Length == 0 ? [] : [config.AnswerEnd] });
    }

    /// <summary>The prompt.</summary>
    public GenerationBranch Trunk { get; }

    /// <summary>Paths whose next segment is wanted.</summary>
    public IReadOnlyList<GrowingPath> Active => _active;

    /// <summary>Forks the prompt b0 times.</summary>
    public void Begin()
    {
        var first = _config.FewestFirst + (_config.MostFirst > _config.FewestFirst ? _random.NextInt(_config.MostFirst - _config.FewestFirst + 1) : 0);
        for (var child = 0; child < first; child++) _active.Add(Grow(Trunk, _root));
    }

    /// <summary>Looks at the segments that were decoded.</summary>
    public void Advance()
    {
        if (_active.Count == 0) return;
        foreach (var path in _active) Measure(path);
        var stopped = _active.RemoveAll(path =>
        {
            if (!Stops(path)) return false;
            _leaves.Add(path);
            return true;
        });
        if (_active.Count > 0) Fork(stopped);
        else if (_leaves.Count < _config.Leaves) FallBack();
    }

    /// <summary>Judges the leaves.</summary>
    public RolloutTree Finish(ITextTask task, TextProblem problem, long version)
    {
        // In the order of the tree, not of time.
        var leaves = new RolloutOrder(_root).Sort(_leaves);
        var responses = leaves.Select(leaf =>
        {
            // A path that was cut short by the tree ended where its tokens did.
            var completion = new Completion(leaf.Branch.Response.ToArray(), leaf.Branch.LogProbabilities.ToArray(), leaf.Branch.Finish ?? FinishReason.Stopped);
            return GroupSampler.Judge(task, _tokenizer, problem, completion) with { Tag = leaf.Node.Path };
        });
        return new(new(problem, Trunk.Prompt.ToArray(), [.. responses], version), _root, [.. leaves.Select(leaf => leaf.Node)], _config.Leaves, _fallbacks);
    }

    private bool Stops(GrowingPath path) => path.Branch.Finish is not null || path.Node.Depth >= _config.Depth
        || (_config.RepetitionCount > 0 && TextRepetition.Occurs(_tokenizer.Decode(path.Branch.Response), _config.RepetitionLength, _config.RepetitionCount));

    private void Fork(int stopped)
    {
        var paths = _active.ToArray();
        var counts = new int[paths.Length];
        var total = BranchBudget.Total(_config.Leaves - _leaves.Count, _config.Branching, paths.Length, stopped);
        if (_config.Policy == BranchPolicy.Uniform) BranchBudget.Uniform(total, counts);
        else
        {
            var sign = _config.Policy == BranchPolicy.HighProbability ? 1 : -1;
            BranchBudget.Softmax(total, [.. paths.Select(path => sign * path.Node.MeanLogProbability)], _temperature, counts);
        }
        _active.Clear();
        for (var i = 0; i < paths.Length; i++)
        {
            // The path itself is its first child.
            var parent = paths[i].Node;
            var self = new GrowingPath(paths[i].Branch, new(parent));
            _active.Add(self);
            for (var child = 1; child < counts[i]; child++) _active.Add(Grow(paths[i].Branch, parent));
        }
    }

    /// <summary>Depth-first, only where no path goes on: a finished answer is cut at a border of segments and grown again.</summary>
    private void FallBack()
    {
        // Those with an answer, in the order in which they ended; the next one each time.
        var candidates = _leaves.Where(leaf => leaf.HasAnswer && leaf.Node.Depth > 0).OrderBy(leaf => leaf.Branch.Finish).ToArray();
        if (candidates.Length == 0 || _fallbacks >= _config.FallbackRounds) return;
        var leaf = candidates[_fallbacks++ % candidates.Length];
        var nodes = leaf.Node.FromRoot();
        var node = nodes[FallbackCut.Choose(_config, nodes, leaf.Branch.LogProbabilities, ref _random)];
        var tokens = node.FromRoot().Sum(before => before.Tokens);
        for (var child = Math.Min(_config.Branching, _config.Leaves - _leaves.Count); child > 0; child--)
        {
            var path = Grow(leaf.Branch, node);
            _session.Truncate(path.Branch, tokens);
            _active.Add(path);
        }
    }

    private GrowingPath Grow(GenerationBranch branch, TreeNode parent)
    {
        var node = new TreeNode(parent);
        return new(_session.Fork(branch, node.Seeds), node);
    }

    private static void Measure(GrowingPath path)
    {
        var before = path.Node.Parent!.FromRoot().Sum(node => node.Tokens);
        var segment = path.Branch.LogProbabilities[before..];
        path.Node.Tokens = segment.Length;
        var sum = 0.0;
        foreach (var logProbability in segment) sum += logProbability;
        path.Node.MeanLogProbability = sum / Math.Max(1, segment.Length);
    }
}
