using Pilotage.Language.Generation;
using Pilotage.Language.Groups;
using Pilotage.Language.Tasks;
using Pilotage.Language.Tokenizers;

namespace Pilotage.Language.Trees;

/// <summary>Grows answers to each problem as a tree of segments, so that what answers share is decoded once.</summary>
/// <remarks>
/// Source: arXiv:2508.17445 (TreePO), Algorithm 1, and the authors' code for what it leaves open.
/// Symbols: w leaves wanted, d segments of a path, l tokens of a segment, b children of a node, b0 children of the root, P the paths that go on.
/// Differs from the authors' code: all trees advance together by one segment at a time. A path that goes on as its own first child keeps its stream of random numbers; a fork has one of its own, so that a
/// tree is the same whatever grows beside it.
/// </remarks>
/// <param name="generator">Over the policy that draws, with the tokenizer where answers are closed by a text.</param>
/// <param name="task">Judges.</param>
/// <param name="tokenizer">Of the model and of the task.</param>
/// <param name="sampling">How tokens are drawn.</param>
/// <param name="config">Valid settings.</param>
public sealed class TreeSampler(Generator generator, ITextTask task, ITokenizer tokenizer, SamplingSettings sampling, TreeConfig config)
{
    /// <summary>How tokens are drawn.</summary>
    public SamplingSettings Sampling => sampling;

    /// <summary>Settings.</summary>
    public TreeConfig Config => config;

    /// <summary>Tokens decoded so far.</summary>
    public long DecodedTokens => generator.DecodedTokens;

    /// <summary>Tokens whose keys and values a path took over from another.</summary>
    public long ReusedTokens => generator.ReusedTokens;

    /// <summary>Seconds spent drawing so far. No result depends on it.</summary>
    public double Seconds { get; private set; }

    /// <summary>Grows a tree for each problem.</summary>
    /// <param name="problems">What to ask.</param>
    /// <param name="seeds">What draws the answers: the same seeds give the same trees, whatever the batches. Take another branch for each step.</param>
    /// <param name="version">Of the policy that draws; see <see cref="ResponseGroup.Version"/>.</param>
    /// <param name="progress">Share of the run that is done, in [0, 1], for temperatures that change.</param>
    /// <param name="cancellation">Stops between two tokens.</param>
    /// <returns>One for each problem, in order; a tree may have fewer leaves than wanted, never none.</returns>
    /// <exception cref="UserMistakeException">The verifier threw.</exception>
    public IReadOnlyList<RolloutTree> Sample(IReadOnlyList<TextProblem> problems, SeedTree seeds, long version, double progress = 0, CancellationToken cancellation = default)
    {
        var began = TimeProvider.System.GetTimestamp();
        var session = generator.Begin(sampling);
        var temperature = config.FirstTemperature + (config.LastTemperature - config.FirstTemperature) * progress;
        var trees = problems.Select((problem, i) => new GrowingTree(config, session, tokenizer, problem, seeds.Branch(i), temperature)).ToArray();
        session.Prefill([.. trees.Select(tree => tree.Trunk)]);
        foreach (var tree in trees) tree.Begin();                                          // P <- queries, forked b0 times
        var paths = new List<GrowingPath>();
        while (true)
        {
            paths.Clear();
            foreach (var tree in trees) paths.AddRange(tree.Active);
            if (paths.Count == 0) break;
            session.Decode([.. paths.Select(path => path.Branch)], config.SegmentTokens, cancellation);      // S <- one segment for every path
            foreach (var tree in trees) tree.Advance();                                    // leaves, forks, fallback
        }
        var finished = trees.Select((tree, i) => tree.Finish(task, problems[i], version)).ToArray();
        Seconds += TimeProvider.System.GetElapsedTime(began).TotalSeconds;
        return finished;
    }
}
