using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>Settings of a player that searches. Counts from arXiv:2510.11736; never a time limit, which no run repeats.</summary>
[Settings]
public sealed partial record SearchSettings
{
    /// <summary>Iterations for a decision. Few: chance decides; many: slow. The paper's championship has 100, its category 300.</summary>
    [Range(1, 1_000_000)]
    public int Iterations { get; init; } = 100;

    /// <summary>Drawings of the hidden cards for each iteration of information set search; plain search has one. The paper's championship has 3, its category 5.</summary>
    [Range(1, 1000)]
    public int Determinizations { get; init; } = 3;

    /// <summary>Weight of exploration, in units of the most coins that can change hands. The paper's root 2 stands beside coins as they are, where it is next to nothing.</summary>
    [Range(0.0, 1e6)]
    public double Exploration { get; init; } = 0.2;
}
