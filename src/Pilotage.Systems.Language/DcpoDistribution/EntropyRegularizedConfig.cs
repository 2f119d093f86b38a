using System.ComponentModel.DataAnnotations;
using Pilotage.Language.Algorithms;
using Pilotage.Settings;

namespace Pilotage.Systems.Language.DcpoDistribution;

/// <summary>Settings of <see cref="EntropyRegularized"/>.</summary>
[Settings]
public sealed partial record EntropyRegularizedConfig
{
    /// <summary>What is drawn and how it is descended.</summary>
    public GroupBatchConfig Batch { get; init; } = new();

    /// <summary>What a nat of entropy is worth beside a standardised advantage of 1 (c_e). 0.03 is the released code's unused default; it needs tuning for each model.</summary>
    [Range(0.0, 1e6)]
    public double EntropyWeight { get; init; } = 0.03;

    /// <summary>How far an update may move a token's probability.</summary>
    public ClipConfig Clip { get; init; } = new();
}
