using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Systems.Control.Stac;

/// <summary>What the study plays, how long, and with which betas.</summary>
[Settings]
public sealed partial record StacStudySettings
{
    /// <summary>Pessimisms to compare (beta). 0 and the largest are those that the claims speak of. Paper scale takes the paper's [0, 0.125, 0.25, 0.375, 0.5].</summary>
    [Range(-100.0, 100.0)]
    public IReadOnlyList<double> Betas { get; init; } = [0, 0.25, 0.5];

    /// <summary>Training steps on RiskyPointMass-v0.</summary>
    [Range(1L, 1_000_000_000L)]
    public long PointMassSteps { get; init; } = 6_000;

    /// <summary>Training steps on Pendulum-v1.</summary>
    [Range(1L, 1_000_000_000L)]
    public long PendulumSteps { get; init; } = 6_000;

    /// <summary>Training steps on Hopper-v4, where MuJoCo and its models are there; 0 leaves it out.</summary>
    [Range(0L, 1_000_000_000L)]
    public long HopperSteps { get; init; } = 8_000;

    /// <summary>Transitions per update of all learners of the study. A quarter of the paper's at laptop scale, for a third of the time; claim 5 times batches of <c>batchSize</c>.</summary>
    [Range(1, 65536)]
    public int BatchSize { get; init; } = 64;

    /// <summary>Step size of all learners of the study, the baselines too. Three times the paper's at laptop scale: its trainings are a hundred times as long.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true)]
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>What Pendulum's rewards are multiplied by, for all learners: its values are of the order of -1000 at first, which a Gaussian critic takes tens of thousands of updates to reach.</summary>
    [Range(0.0, 1e9, MinimumIsExclusive = true)]
    public double PendulumRewardScale { get; init; } = 0.1;

    /// <summary>Whether the point mass starts and slips as in the published code instead of the paper's text.</summary>
    public bool CodeVariant { get; init; }
}
