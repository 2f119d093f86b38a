using System.ComponentModel.DataAnnotations;
using Pilotage.Language.Algorithms;
using Pilotage.Settings;

namespace Pilotage.Systems.Language.DcpoDistribution;

/// <summary>Settings of <see cref="Dcpo"/>: group-relative training with an entropy thermostat. Defaults: the released code's, but for the set point and what fits a small model.</summary>
[Settings]
public sealed partial record DcpoConfig : ISettingsRules
{
    /// <summary>What is drawn and how it is descended.</summary>
    public GroupBatchConfig Batch { get; init; } = new();

    /// <summary>The set point (H0), mean entropy per token in nats. The paper searched 0.25, 0.5, 0.75 and 1 and found 0.25 best. Without it, targetFraction counts.</summary>
    [Range(0.0, 100.0, MinimumIsExclusive = true)]
    public double? TargetEntropy { get; init; }

    /// <summary>The set point as a share of the entropy before training: models of other sizes have other entropies. Near 0: as greedy as GRPO gets; above 1: more random than it began.</summary>
    [Range(0.0, 10.0, MinimumIsExclusive = true)]
    public double TargetFraction { get; init; } = 0.5;

    /// <summary>Temperature of the virtual distribution where the entropy is at or below the set point. 1: no push upwards; far above: weights of rare tokens without bound.</summary>
    [Range(1.0, 10.0, MinimumIsExclusive = true)]
    public double HotTemperature { get; init; } = 1.2;

    /// <summary>Temperature of the virtual distribution above the set point. 1: no push downwards; near 0: the most probable token alone.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double ColdTemperature { get; init; } = 0.8;

    /// <summary>Distances from the set point count as no more than this, in nats; also how strong the regulariser can get. 0: none, which is GRPO; 1: as strong as the group's credit.</summary>
    [Range(0.0, 10.0)]
    public double LargestError { get; init; } = 0.1;

    /// <summary>A response of a higher reward is correct.</summary>
    [Range(-1e6, 1e6)]
    public double SuccessThreshold { get; init; } = 0.05;

    /// <summary>How the entropy is measured: sampled, minus the mean log-probability of the tokens drawn (released code); exact, the mean over their whole distributions.</summary>
    public EntropyEstimator EntropyEstimator { get; init; } = EntropyEstimator.Sampled;

    /// <summary>Whether the first update takes the entropy for 0, as the released code does, instead of measuring it before.</summary>
    public bool ReleasedFirstStep { get; init; }

    /// <summary>Whether correct tokens are weighed by the ratio of the virtual distribution to the sampled one. Off is the paper's ablation: they count 1, and the temperature is without effect.</summary>
    public bool UseRatio { get; init; } = true;

    /// <summary>Whether 1 is subtracted from that ratio: the same pull on the entropy where every answer is correct, without the push on correct tokens for being correct. Not the paper's.</summary>
    public bool CentreRatio { get; init; }

    /// <summary>That ratio counts as no more than this; without it there is no bound, and a token of probability 1e-9 weighs 31 at temperature 1.2. Usual 10.</summary>
    [Range(1.0, 1e6)]
    public double? RatioCap { get; init; }

    /// <summary>How far an update may move a token's probability.</summary>
    public ClipConfig Clip { get; init; } = new();

    /// <inheritdoc/>
    public IEnumerable<string> Problems()
    {
        if (Batch.GroupSize < 2) yield return $"batch.groupSize = {Batch.GroupSize}; an answer alone has nothing to be compared with. Give at least 2.";
    }
}
