namespace Pilotage.Systems.Language.R2vpo;

/// <summary>Over which samples the ratio's variance is bounded.</summary>
public enum ConstraintScope
{
    /// <summary>All samples of a minibatch together, with one multiplier: the paper's.</summary>
    Global,

    /// <summary>The samples of each age apart, each with a multiplier of its own.</summary>
    PerAge,
}
