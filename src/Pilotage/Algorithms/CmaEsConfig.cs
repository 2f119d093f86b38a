using System.ComponentModel.DataAnnotations;
using Pilotage.Algorithms.Evolution;
using Pilotage.Settings;
using Pilotage.Tensors;

namespace Pilotage.Algorithms;

/// <summary>Settings of <see cref="CmaEs"/>. The strategy's own constants follow from the number of weights: arXiv:1604.00772, table 1.</summary>
[Settings]
public sealed partial record CmaEsConfig
{
    /// <summary>Environment steps in all, over all candidates.</summary>
    [Range(1L, 1_000_000_000_000L)]
    public long Steps { get; init; } = 1_000_000;

    /// <summary>Candidates of a generation (lambda); null for 4 + 3 ln n. Few: misled by noise and by valleys; many: slow. Usual up to ten times the default.</summary>
    [Range(2, 100_000)]
    public int? Population { get; init; }

    /// <summary>Episodes of each candidate, on the same seeds for all of a generation. 1: luck decides; many: slow. Usual 1-16.</summary>
    [Range(1, 10_000)]
    public int Episodes { get; init; } = 4;

    /// <summary>Standard deviation of the first candidates' weights around 0 (sigma). Small: stays near doing nothing; large: saturated units. Usual 0.1-1.</summary>
    [Range(0.0, 100.0, MinimumIsExclusive = true)]
    public double InitialDeviation { get; init; } = 0.5;

    /// <summary>How much of the covariance is learned: automatic is full up to 300 weights and diagonal above.</summary>
    public CovarianceForm Covariance { get; init; } = CovarianceForm.Automatic;

    /// <summary>Whether observations are brought to mean 0 and deviation 1. Off: components of large numbers drown the others.</summary>
    public bool NormalizeObservations { get; init; } = true;

    /// <summary>Width of each hidden layer; empty for a linear policy. Generations grow with the number of weights, so small is usual: none to 32.</summary>
    [Range(1, 65536)]
    public IReadOnlyList<int> Hidden { get; init; } = [8];

    /// <summary>Function after each hidden layer.</summary>
    public Activation Activation { get; init; } = Activation.Tanh;
}
