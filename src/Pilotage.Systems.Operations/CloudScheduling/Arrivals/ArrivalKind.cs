namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>When jobs come.</summary>
public enum ArrivalKind
{
    /// <summary>All at once, at time 0.</summary>
    Batch,

    /// <summary>Independently of each other, at a constant rate.</summary>
    Poisson,

    /// <summary>In bursts: a Poisson process whose rate jumps between two values (MMPP-2).</summary>
    Bursty,
}
