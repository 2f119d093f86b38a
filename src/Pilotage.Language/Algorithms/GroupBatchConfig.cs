using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Language.Algorithms;

/// <summary>What all methods that learn from groups share: how much is drawn in a step and how it is descended.</summary>
[Settings]
public sealed partial record GroupBatchConfig
{
    /// <summary>Problems of a step. Few: noisy updates; many: slow ones. Usual 32-512.</summary>
    [Range(1, 65536)]
    public int Prompts { get; init; } = 32;

    /// <summary>Answers to each problem (G or K). Few: noisy baselines and many groups of equal rewards. Usual 4-16.</summary>
    [Range(1, 4096)]
    public int GroupSize { get; init; } = 8;

    /// <summary>Passes over a step's answers. More than one moves ratios away from 1. Usual 1-4.</summary>
    [Range(1, 1000)]
    public int Epochs { get; init; } = 1;

    /// <summary>Updates of a pass, problems kept together. 1: on policy. Usual 1-8.</summary>
    [Range(1, 65536)]
    public int Minibatches { get; init; } = 1;

    /// <summary>Step size of Adam. Too high: collapse; too low: no learning within the budget. Usual 1e-6 for billions of parameters, 1e-4 to 1e-3 for small models.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double LearningRate { get; init; } = 3e-4;

    /// <summary>Limit of the gradient's norm. Usual 0.5-1.</summary>
    [Range(0.0, 1e9, MinimumIsExclusive = true)]
    public double MaximumGradientNorm { get; init; } = 1;

    /// <summary>Most places of one step, padding included; larger updates are cut into parts and their gradients added. It decides memory, not results, up to rounding. Usual 4096-65536.</summary>
    [Range(1, 1_000_000_000)]
    public int TokenBudget { get; init; } = 16_384;
}
