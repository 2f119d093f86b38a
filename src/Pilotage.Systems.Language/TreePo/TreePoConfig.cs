using System.ComponentModel.DataAnnotations;
using Pilotage.Language.Algorithms;
using Pilotage.Language.Trees;
using Pilotage.Settings;

namespace Pilotage.Systems.Language.TreePo;

/// <summary>Settings of <see cref="TreePo"/>. Defaults: arXiv:2508.17445, section 4.1, at a laptop's sizes.</summary>
[Settings]
public sealed partial record TreePoConfig : ISettingsRules
{
    /// <summary>How trees are grown. Its leaves are the group's size.</summary>
    public TreeConfig Tree { get; init; } = new();

    /// <summary>What is drawn in a step and how it is descended; its group size is not used.</summary>
    public GroupBatchConfig Batch { get; init; } = new();

    /// <summary>How the leaves of a tree are compared.</summary>
    public TreeAdvantage Advantage { get; init; } = TreeAdvantage.Average;

    /// <summary>What is done to advantages before they are learned from.</summary>
    public AdvantageScale Scale { get; init; } = AdvantageScale.BatchWhiten;

    /// <summary>Whether subgroups whose rewards are all equal are left out of the average. The paper found that it hurts.</summary>
    public bool SkipLevelSubgroups { get; init; }

    /// <summary>How far a ratio may fall below 1 (epsilon_low). Usual 0.2.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double LowerRadius { get; init; } = 0.2;

    /// <summary>How far a ratio may rise above 1 (epsilon_high). Usual 0.28.</summary>
    [Range(0.0, 1000.0, MinimumIsExclusive = true)]
    public double UpperRadius { get; init; } = 0.28;

    /// <summary>Most that a ratio counts where the advantage is negative (c of the dual clip, 10 in the authors' code). 0: no bound.</summary>
    [Range(0.0, 1e9)]
    public double DualClip { get; init; } = 10;

    /// <summary>Most rounds of drawing until enough trees have leaves of different rewards. Paper: 1 and 2 more; code: 10.</summary>
    [Range(1, 1000)]
    public int Rounds { get; init; } = 3;

    /// <summary>Tokens before the longest answer over which a penalty grows from 0 to 1. 0: no penalty; paper: 512 of 7168.</summary>
    [Range(0, 1_000_000)]
    public int OverlongBuffer { get; init; }

    /// <summary>Steps over which the temperature of the probability policies goes from its first to its last value.</summary>
    [Range(1, 1_000_000_000)]
    public int TemperatureSteps { get; init; } = 150;

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        foreach (var problem in Tree.Problems()) yield return problem;
        if (DualClip is > 0 and <= 1) yield return FormattableString.Invariant($"dualClip = {DualClip} would bound ratios below 1. Give more than 1, usual 3 to 10, or 0 for no bound.");
        if (OverlongBuffer >= Tree.SegmentTokens * (long)Tree.Depth) yield return $"overlongBuffer = {OverlongBuffer} is not below the longest answer of {Tree.SegmentTokens * (long)Tree.Depth} tokens. Lower it, or set 0 for no penalty.";
    }
}
