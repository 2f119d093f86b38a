using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Language.Algorithms;

/// <summary>Settings of <see cref="Dapo"/>. Defaults: arXiv:2503.14476, section 4.1.</summary>
[Settings]
public sealed partial record DapoConfig
{
    /// <summary>What is drawn and how it is descended.</summary>
    public GroupBatchConfig Batch { get; init; } = new();

    /// <summary>How far a ratio may fall below 1 (epsilon_low). Usual 0.2.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double LowerRadius { get; init; } = 0.2;

    /// <summary>How far a ratio may rise above 1 (epsilon_high): larger than the lower one, so that rare tokens can gain. Usual 0.28.</summary>
    [Range(0.0, 1000.0, MinimumIsExclusive = true)]
    public double UpperRadius { get; init; } = 0.28;

    /// <summary>Most rounds of drawing until enough groups have answers of different rewards. 1: groups of equal rewards are left out and not replaced. Usual 3-10.</summary>
    [Range(1, 1000)]
    public int Rounds { get; init; } = 3;

    /// <summary>Most tokens of an answer, from which the length penalty is counted (L_max). Used only with an overlong buffer.</summary>
    [Range(1, 1_000_000_000)]
    public int MaximumResponse { get; init; } = 20_480;

    /// <summary>Tokens before the maximum over which the penalty grows from 0 to 1 (L_cache). 0: no penalty.</summary>
    [Range(0, 1_000_000_000)]
    public int OverlongBuffer { get; init; }
}
