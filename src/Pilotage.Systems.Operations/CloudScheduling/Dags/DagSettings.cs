using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Setting C: jobs of many stages for equal executors, as in Decima (Mao et al., SIGCOMM 2019). Constants are assumptions.</summary>
[Settings]
public sealed partial record DagSettings
{
    /// <summary>Executors: machines that run one task at a time.</summary>
    [Range(1, 10_000)]
    public int Executors { get; init; } = 20;

    /// <summary>Jobs of a sequence.</summary>
    [Range(1, 100_000)]
    public int Jobs { get; init; } = 20;

    /// <summary>Input sizes of the TPC-H queries that jobs are drawn from: 2g, 5g, 10g, 20g, 50g, 80g, 100g.</summary>
    public IReadOnlyList<string> Sizes { get; init; } = ["2g", "5g", "10g", "20g"];

    /// <summary>Load of the arrivals that are not a batch (rho), below 1.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double Load { get; init; } = 0.85;

    /// <summary>Share of the sequences in which jobs come one by one, of those that the network of both kinds of arrivals learns from; the others are batches.</summary>
    [Range(0.0, 1.0)]
    public double MixedShare { get; init; } = 0.5;

    /// <summary>Seconds that an executor needs before its first task of another job.</summary>
    [Range(0.0, 1e4)]
    public double SwitchSeconds { get; init; } = 2;

    /// <summary>Powers that the weighted fair rule is tuned over (alpha), on validation sequences.</summary>
    [Range(-2.0, 2.0)]
    public IReadOnlyList<double> FairPowers { get; init; } = [-2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2];
}
