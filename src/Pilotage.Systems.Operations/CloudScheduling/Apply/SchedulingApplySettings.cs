using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>A user's own cluster: which algorithms compete, and what counts.</summary>
[Settings]
public sealed partial record SchedulingApplySettings
{
    /// <summary>Algorithms that compete, the first being the one in use today. Rules by name, and two that learn on sequences drawn from your jobs: ppo to choose machines, ppo-queue to choose tasks from one queue.</summary>
    public IReadOnlyList<string> Algorithms { get; init; } = ["fifo", "least-loaded", "earliest-finish", "sjf", "srpt", "edf", "suffrage", "tetris", "ppo", "ppo-queue"];

    /// <summary>What a second of mean completion time counts in the ranking.</summary>
    [Range(0.0, 1e9)]
    public double CompletionWeight { get; init; } = 1;

    /// <summary>What a kilowatt-hour counts in the ranking.</summary>
    [Range(0.0, 1e9)]
    public double EnergyWeight { get; init; }

    /// <summary>What the machines' money counts in the ranking.</summary>
    [Range(0.0, 1e9)]
    public double CostWeight { get; init; }

    /// <summary>What the share of missed deadlines counts in the ranking.</summary>
    [Range(0.0, 1e9)]
    public double MissWeight { get; init; }

    /// <summary>What machines do on their own; give idleSeconds where they are switched off.</summary>
    public ClusterRules Rules { get; init; } = new() { QueueOrder = QueueOrder.Shortest };

    /// <summary>Sequences drawn from your jobs on which the intervals rest: jobs with replacement, gaps between arrivals in another order.</summary>
    [Range(2, 10_000)]
    public int Sequences { get; init; } = 20;

    /// <summary>Decisions that ppo and ppo-queue each learn from.</summary>
    [Range(2048L, 1_000_000_000L)]
    public long Steps { get; init; } = 131_072;
}
