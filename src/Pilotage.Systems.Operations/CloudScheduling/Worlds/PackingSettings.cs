using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Setting B: packing jobs that need two resources into one cluster. Job mix of DeepRM (Mao et al., HotNets 2016) as far as it is generally known.</summary>
[Settings]
public sealed partial record PackingSettings
{
    /// <summary>Units of each of the two resources.</summary>
    [Range(1, 1000)]
    public int Slots { get; init; } = 20;

    /// <summary>Jobs that may be chosen from; the others wait in a backlog that is only counted.</summary>
    [Range(1, 100)]
    public int Visible { get; init; } = 10;

    /// <summary>Jobs of a sequence.</summary>
    [Range(1, 100_000)]
    public int Jobs { get; init; } = 60;

    /// <summary>Work that comes over work that can be done (rho), below 1.</summary>
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public double Load { get; init; } = 0.9;

    /// <summary>Share of the jobs that are short: 1 to 3 seconds instead of 10 to 15.</summary>
    [Range(0.0, 1.0)]
    public double ShortShare { get; init; } = 0.8;
}
