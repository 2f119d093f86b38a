using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Language.Algorithms;

/// <summary>Settings of <see cref="DrGrpo"/>. Defaults: arXiv:2503.20783, section 3.2 and its released code.</summary>
[Settings]
public sealed partial record DrGrpoConfig
{
    /// <summary>What is drawn and how it is descended.</summary>
    public GroupBatchConfig Batch { get; init; } = new();

    /// <summary>Clip radius of the probability ratio (epsilon). Near 0: no learning; above 0.4: no trust region. Usual 0.2.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double ClipRadius { get; init; } = 0.2;
}
