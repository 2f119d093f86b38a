using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Language.Algorithms;

/// <summary>Settings of <see cref="Grpo"/>. Defaults: arXiv:2402.03300, section 4.2.</summary>
[Settings]
public sealed partial record GrpoConfig
{
    /// <summary>What is drawn and how it is descended.</summary>
    public GroupBatchConfig Batch { get; init; } = new();

    /// <summary>Clip radius of the probability ratio (epsilon). Near 0: no learning; above 0.4: no trust region. Usual 0.2.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double ClipRadius { get; init; } = 0.2;

    /// <summary>Weight of the divergence from the policy at the start (beta). 0: none, and no copy is kept; high: the policy stays what it was. Usual 0-0.05.</summary>
    [Range(0.0, 1e6)]
    public double ReferenceWeight { get; init; } = 0.04;
}
