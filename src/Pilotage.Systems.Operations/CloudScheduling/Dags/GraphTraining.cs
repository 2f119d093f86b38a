using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>How the graph network learns.</summary>
[Settings]
public sealed partial record GraphTraining
{
    /// <summary>Sequences of jobs learned from, one after the other.</summary>
    [Range(1, 1_000_000)]
    public int Iterations { get; init; } = 40;

    /// <summary>Times that each sequence is played; each play is the others' baseline. 2 at least; few: noisy; many: slow.</summary>
    [Range(2, 1024)]
    public int Rollouts { get; init; } = 8;

    /// <summary>Whether a play is judged beside the others of its own sequence. Off: beside a constant, the mean over all moments of all plays.</summary>
    public bool InputBaseline { get; init; } = true;

    /// <summary>Passes over each sequence's decisions. 1: REINFORCE; more: with the clipped ratio of proximal policy optimisation.</summary>
    [Range(1, 100)]
    public int Epochs { get; init; } = 2;

    /// <summary>Decisions of a gradient step.</summary>
    [Range(1, 65536)]
    public int BatchSize { get; init; } = 128;

    /// <summary>First step size of Adam; it falls to zero over the iterations.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double LearningRate { get; init; } = 1e-2;

    /// <summary>Clip radius of the probability ratio (epsilon).</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double ClipRadius { get; init; } = 0.2;

    /// <summary>Weight of the entropy bonus.</summary>
    [Range(0.0, 10.0)]
    public double EntropyWeight { get; init; } = 0.001;

    /// <summary>The gradient is scaled down to this Euclidean norm.</summary>
    [Range(0.0, 1e9, MinimumIsExclusive = true)]
    public double MaximumGradientNorm { get; init; } = 1;

    /// <summary>Width of embeddings and summaries.</summary>
    [Range(1, 1024)]
    public int Width { get; init; } = 16;

    /// <summary>Rounds of messages: how many stages ahead a stage sees.</summary>
    [Range(1, 64)]
    public int Rounds { get; init; } = 3;
}
