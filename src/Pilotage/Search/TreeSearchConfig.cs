using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Search;

/// <summary>Settings of <see cref="TreeSearch{TPosition}"/>.</summary>
[Settings]
public sealed partial record TreeSearchConfig
{
    /// <summary>Simulations for each decision. Few: chance decides; many: slow. Usual 100-100000.</summary>
    [Range(1, 1_000_000_000)]
    public int Simulations { get; init; } = 1_000;

    /// <summary>How simulations choose among actions: uct, or puct where priors are known.</summary>
    public TreeSelection Selection { get; init; } = TreeSelection.Uct;

    /// <summary>Weight of exploration (c), in the unit of returns. 0: greedy, misses good actions after a bad first try; large: spreads evenly. Usual 0.7-1.5 of the returns' range.</summary>
    [Range(0.0, 1e9)]
    public double Exploration { get; init; } = 1.4142135623730951;      // sqrt 2, Auer et al. 2002, for returns in [0, 1]

    /// <summary>Nodes kept at most (about 48 bytes each). When full, simulations value positions without adding to the tree.</summary>
    [Range(2, 100_000_000)]
    public int MaximumNodes { get; init; } = 4_000_000;
}
