using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Systems.Language.Baselines;

/// <summary>Answers that are learned from again after their step.</summary>
[Settings]
public sealed partial record ReplayConfig
{
    /// <summary>Share of stored groups in what a step learns from, in [0, 1). 0: fresh ones alone; 0.5: as many stored as fresh.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public double Share { get; init; }

    /// <summary>Steps whose groups are kept.</summary>
    [Range(1, 100_000)]
    public int Capacity { get; init; } = 4;

    /// <summary>Most steps since a group was drawn; older ones are left out. At most the capacity is kept in any case.</summary>
    [Range(1, 100_000)]
    public int MaximumAge { get; init; } = 4;
}
