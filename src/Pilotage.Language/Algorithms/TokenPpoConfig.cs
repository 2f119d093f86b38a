using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Language.Algorithms;

/// <summary>Settings of <see cref="TokenPpo"/>. Defaults: arXiv:1707.06347 and the practice of arXiv:2203.02155.</summary>
[Settings]
public sealed partial record TokenPpoConfig
{
    /// <summary>What is drawn and how it is descended.</summary>
    public GroupBatchConfig Batch { get; init; } = new();

    /// <summary>Clip radius of the probability ratio (epsilon). Near 0: no learning; above 0.4: no trust region. Usual 0.2.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double ClipRadius { get; init; } = 0.2;

    /// <summary>Discount per token (gamma). Usual 1.</summary>
    [Range(0.0, 1.0)]
    public double Discount { get; init; } = 1;

    /// <summary>Decay of the advantage traces (lambda). 1: the reward less the value; below: leans on the value. Usual 0.95-1.</summary>
    [Range(0.0, 1.0)]
    public double TraceDecay { get; init; } = 0.95;

    /// <summary>Width of the hidden layer of the value head.</summary>
    [Range(1, 65536)]
    public int ValueWidth { get; init; } = 64;

    /// <summary>Step size of the value head: larger than that of the policy, since it begins from nothing. Usual 1e-3.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double ValueLearningRate { get; init; } = 1e-3;

    /// <summary>Whether the advantages of a minibatch are brought to mean 0 and deviation 1.</summary>
    public bool NormalizeAdvantages { get; init; } = true;
}
