using Pilotage.Language.Algorithms;
using Pilotage.Settings;
using Pilotage.Systems.Language.Baselines;

namespace Pilotage.Systems.Language.R2vpo;

/// <summary>Settings of <see cref="R2vpo"/>.</summary>
[Settings]
public sealed partial record R2vpoLearnerConfig
{
    /// <summary>What is drawn and how it is descended. With one update a step ratios never leave 1, and the bound has nothing to do.</summary>
    public GroupBatchConfig Batch { get; init; } = new() { Epochs = 2, Minibatches = 4 };

    /// <summary>The bound on the ratio's variance.</summary>
    public RatioVarianceConfig Constraint { get; init; } = new();

    /// <summary>Answers that are learned from again.</summary>
    public ReplayConfig Replay { get; init; } = new();

    /// <summary>Whose ratio is bounded.</summary>
    public RatioLevel RatioLevel { get; init; } = RatioLevel.Token;
}
