using System.ComponentModel.DataAnnotations;
using Pilotage.Language.Algorithms;
using Pilotage.Settings;

namespace Pilotage.Systems.Language.Gbpo;

/// <summary>Settings of <see cref="Gbpo"/>. Defaults: the authors' released code for sequences, but for the step size, which is that of a small model.</summary>
[Settings]
public sealed partial record GbpoConfig : ISettingsRules
{
    /// <summary>What is drawn and how it is descended. The method is made for several epochs; the released code has 10.</summary>
    public GroupBatchConfig Batch { get; init; } = new() { Epochs = 8 };

    /// <summary>Radius of the ratio's band below 1 (epsilon_l). Near 0: no learning; 1 or more: the target would be no probability. Usual 0.2-0.4.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double LowerRadius { get; init; } = 0.3;

    /// <summary>Radius of the band above 1 (epsilon_h). Near 0: no learning. Usual 0.2-0.4.</summary>
    [Range(0.0, 100.0, MinimumIsExclusive = true)]
    public double UpperRadius { get; init; } = 0.3;

    /// <summary>Temperature of the target (lambda), in deviations of a group's rewards: small gives the ends of the band by the sign alone; above 1 targets near 1 and no learning. Usual 1e-4.</summary>
    [Range(1e-8, 1e6)]
    public double Temperature { get; init; } = 1e-4;

    /// <summary>Whether the target's sign is taken around the group's median; off, around its mean. The paper's ablation, with a critic, found no difference.</summary>
    public bool UseMedian { get; init; } = true;

    /// <summary>How ratios are regressed on their targets: atv, tv or kl.</summary>
    public GbpoLoss Loss { get; init; } = GbpoLoss.Atv;

    /// <summary>What a nat of entropy is worth in the loss. The released scripts have 0.005.</summary>
    [Range(0.0, 1e6)]
    public double EntropyWeight { get; init; }

    /// <summary>Weight of the divergence from the policy at the start. 0: none, and no copy is kept. On in the released scripts, whose weight is not known.</summary>
    [Range(0.0, 1e6)]
    public double ReferenceWeight { get; init; }

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (Batch.GroupSize < 2) yield return $"batch.groupSize = {Batch.GroupSize}; an answer alone has nothing to be compared with. Give at least 2.";
    }
}
