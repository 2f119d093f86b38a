using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;

namespace Pilotage.Systems.Control.Stac;

/// <summary>How many hidden numbers are dropped at each update; acting drops none.</summary>
[Settings]
public sealed partial record DropoutSettings
{
    /// <summary>Probability that a hidden number of the actor is dropped. 0 for none; above 0.1 the policy blurs. The paper: 0 or 0.01.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public float Actor { get; init; }

    /// <summary>Probability that a hidden number of the critic, online and target, is dropped. 0 for none; above 0.1 values blur. The paper: 0 or 0.01, and Hopper fails without.</summary>
    [Range(0.0, 1.0, MaximumIsExclusive = true)]
    public float Critic { get; init; }
}
