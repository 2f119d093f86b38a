using System.ComponentModel.DataAnnotations;
using Pilotage.Settings;
using Pilotage.Training;

namespace Pilotage.Systems.Language.R2vpo;

/// <summary>The bound on the variance of the ratio, and how its multiplier is found. The paper's text was not at hand: bound and rate are ours.</summary>
[Settings]
public sealed partial record RatioVarianceConfig
{
    /// <summary>Most that E[(r - 1)^2] may be (delta). 0.04 = 0.2^2 stands beside a clip radius of 0.2. Near 0: no learning; above 0.5: no trust region.</summary>
    [Range(0.0, 100.0, MinimumIsExclusive = true)]
    public double Bound { get; init; } = 0.04;

    /// <summary>Multiplier at the beginning (lambda0). 0 and a rate of 0: importance weighting without any bound. Large: slow until it has fallen.</summary>
    [Range(0.0, 100.0)]
    public double InitialMultiplier { get; init; } = 1;

    /// <summary>Step size of the multiplier, once a minibatch (eta). 0 keeps it fixed. Large: swings; small: comes late. 0.5 for sequences and 0.1 for control are usual here.</summary>
    [Range(0.0, 100.0)]
    public double MultiplierRate { get; init; } = 0.5;

    /// <summary>Most that the multiplier may become. Where it stays there, the bound cannot be held at this learning rate.</summary>
    [Range(0.0, 1e6, MinimumIsExclusive = true)]
    public double MaximumMultiplier { get; init; } = 100;

    /// <summary>Which samples share a bound.</summary>
    public ConstraintScope Scope { get; init; } = ConstraintScope.Global;

    /// <summary>Makes the multiplier.</summary>
    internal DualVariable MakeDual() => new(Math.Min(InitialMultiplier, MaximumMultiplier), MultiplierRate, Bound, MaximumMultiplier);
}
