using System.ComponentModel.DataAnnotations;
using Pilotage.Language.Algorithms;
using Pilotage.Settings;

namespace Pilotage.Systems.Language.DcpoDistribution;

/// <summary>Settings of <see cref="EntropyAdvantage"/>. Defaults: arXiv:2506.14758.</summary>
[Settings]
public sealed partial record EntropyAdvantageConfig
{
    /// <summary>What is drawn and how it is descended.</summary>
    public GroupBatchConfig Batch { get; init; } = new();

    /// <summary>What a nat of entropy adds to an advantage (alpha_e). Usual 0.4.</summary>
    [Range(0.0, 1e6)]
    public double Scale { get; init; } = 0.4;

    /// <summary>The bonus is at most the size of the advantage divided by this (kappa): above 1 no sign changes. Usual 2.</summary>
    [Range(1.0, 1e6, MinimumIsExclusive = true)]
    public double Divisor { get; init; } = 2;

    /// <summary>How far an update may move a token's probability.</summary>
    public ClipConfig Clip { get; init; } = new();
}
