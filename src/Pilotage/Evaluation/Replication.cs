namespace Pilotage.Evaluation;

/// <summary>What counts as an independent unit of a claim.</summary>
public enum Replication
{
    /// <summary>A training seed; episodes or days of one trained policy are never independent units.</summary>
    Seed,

    /// <summary>A problem instance, for arms that do not learn.</summary>
    Instance,

    /// <summary>Seeds first, then instances within them.</summary>
    SeedThenInstance,
}
