using System.ComponentModel.DataAnnotations;
using Pilotage.Language.Algorithms;
using Pilotage.Settings;

namespace Pilotage.Systems.Language.DcpoDistribution;

/// <summary>Settings of <see cref="Aepo"/>. Defaults: the option's in the released code of DCPO; shares are its numbers over its batch of 2,560.</summary>
[Settings]
public sealed partial record AepoConfig
{
    /// <summary>What is drawn and how it is descended.</summary>
    public GroupBatchConfig Batch { get; init; } = new();

    /// <summary>The set point (H0), mean entropy per token in nats.</summary>
    [Range(0.0, 100.0, MinimumIsExclusive = true)]
    public double TargetEntropy { get; init; } = 0.5;

    /// <summary>Temperature of the extra answers where the entropy is at or below the set point.</summary>
    [Range(1.0, 10.0, MinimumIsExclusive = true)]
    public double HotTemperature { get; init; } = 1.2;

    /// <summary>Temperature of the extra answers above the set point.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double ColdTemperature { get; init; } = 0.8;

    /// <summary>Extra answers are drawn to one of this many problems.</summary>
    [Range(1, 1000)]
    public int ExtraPromptDivisor { get; init; } = 4;

    /// <summary>Most extra answers where the entropy is low, as a share of the batch: 60 of 2,560.</summary>
    [Range(0.0, 1.0)]
    public double HotShare { get; init; } = 60.0 / 2560;

    /// <summary>Most extra answers where it is high: 30 of 2,560.</summary>
    [Range(0.0, 1.0)]
    public double ColdShare { get; init; } = 30.0 / 2560;

    /// <summary>Extra answers whose advantage in their group is above this are taken.</summary>
    [Range(-1e6, 1e6)]
    public double AdvantageThreshold { get; init; } = 0.05;

    /// <summary>How far an update may move a token's probability.</summary>
    public ClipConfig Clip { get; init; } = new();
}
