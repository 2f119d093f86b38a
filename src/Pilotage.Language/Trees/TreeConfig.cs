using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Language.Trees;

/// <summary>How <see cref="TreeSampler"/> grows trees. Defaults: the laptop's sizes; the paper's are 14 segments of 512 tokens and 16 leaves (arXiv:2508.17445, section 4).</summary>
[Settings]
public sealed partial record TreeConfig : ISettingsRules
{
    /// <summary>Most tokens of a segment (l). Few: forks everywhere, little decoded together; many: few forks. Usual 256-1024 for long answers.</summary>
    [Range(1, 1_000_000)]
    public int SegmentTokens { get; init; } = 8;

    /// <summary>Most segments of a path (d); segments times their tokens is the longest answer.</summary>
    [Range(1, 100_000)]
    public int Depth { get; init; } = 8;

    /// <summary>Leaves wanted of each tree (w), the group's size.</summary>
    [Range(1, 4096)]
    public int Leaves { get; init; } = 8;

    /// <summary>Children of a node (b). 1: no forks behind the first.</summary>
    [Range(1, 4096)]
    public int Branching { get; init; } = 2;

    /// <summary>Fewest children of the root (b0).</summary>
    [Range(1, 4096)]
    public int FewestFirst { get; init; } = 2;

    /// <summary>Most children of the root; above the fewest each tree draws its own number. The paper's "more init divergence" is 2 to 8.</summary>
    [Range(1, 4096)]
    public int MostFirst { get; init; } = 2;

    /// <summary>How the budget is shared out among active paths.</summary>
    public BranchPolicy Policy { get; init; } = BranchPolicy.Uniform;

    /// <summary>Temperature of the probability policies at the first step of a run (T). Small: all children to one path; large: as uniform. Paper: 2, or 5 falling to 1.</summary>
    [Range(0.0, 1e9, MinimumIsExclusive = true)]
    public double FirstTemperature { get; init; } = 2;

    /// <summary>Temperature of the probability policies at the end of a run, reached on a straight line.</summary>
    [Range(0.0, 1e9, MinimumIsExclusive = true)]
    public double LastTemperature { get; init; } = 2;

    /// <summary>Where finished paths are cut when a tree has no active path and too few leaves.</summary>
    public FallbackPolicy Fallback { get; init; } = FallbackPolicy.Random;

    /// <summary>Tokens of a block of the block policy; cuts stay at borders of segments. Paper: 128.</summary>
    [Range(1, 1_000_000)]
    public int FallbackBlock { get; init; } = 128;

    /// <summary>Most times a tree falls back; it may then have fewer leaves than wanted. 0: never.</summary>
    [Range(0, 1_000_000)]
    public int FallbackRounds { get; init; } = 16;

    /// <summary>Text that closes an answer and ends a path, beside the end token. Empty: none.</summary>
    public string AnswerEnd { get; init; } = "";

    /// <summary>Characters of a run that counts as a repetition.</summary>
    [Range(1, 1_000_000)]
    public int RepetitionLength { get; init; } = 32;

    /// <summary>A path stops when a run of those characters occurs so often. 0: never looked at.</summary>
    [Range(0, 1_000_000)]
    public int RepetitionCount { get; init; } = 8;

    /// <summary>Most tokens of an answer.</summary>
    internal int MaximumTokens => checked(SegmentTokens * Depth);

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (FewestFirst > MostFirst) yield return $"fewestFirst = {FewestFirst} is above mostFirst = {MostFirst}. Give a range that is not empty.";
        if (MostFirst > Leaves) yield return $"mostFirst = {MostFirst} is above leaves = {Leaves}: a tree would begin with more paths than it may have leaves. Lower mostFirst or raise leaves.";
        if ((long)SegmentTokens * Depth > 1_000_000) yield return $"segmentTokens = {SegmentTokens} times depth = {Depth} is above 1000000 tokens of an answer. Lower one of them.";
    }
}
