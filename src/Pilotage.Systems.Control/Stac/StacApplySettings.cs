using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Systems.Control.Stac;

/// <summary>What <c>apply</c> tries on the user's environment.</summary>
[Settings]
public sealed partial record StacApplySettings
{
    /// <summary>Pessimisms to try (beta), each with every seed; validation episodes choose.</summary>
    [Range(-100.0, 100.0)]
    public IReadOnlyList<double> Betas { get; init; } = [0, 0.25, 0.5];

    /// <summary>Training seeds of each beta. 1 shows that it works; intervals over seeds need several.</summary>
    [Range(1, 100)]
    public int Seeds { get; init; } = 3;

    /// <summary>Episodes that choose, and episodes that judge.</summary>
    [Range(1, 100_000)]
    public int Episodes { get; init; } = 30;
}
