namespace Pilotage.Cluster.Work;

/// <summary>How long things wait for each other in a cluster. Shorter finds deaths sooner and mistakes slow machines for dead ones more often.</summary>
public sealed record ClusterTimes
{
    /// <summary>How often a worker renews its leases. Well below <see cref="Lease"/>.</summary>
    public TimeSpan Renewal { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a lease lives without renewal; its work then goes to another worker.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a job lives without its asker; workers then drop it.</summary>
    public TimeSpan Asker { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a request for work or results waits before it is answered with nothing. </summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an asker bears a cluster that does not answer or has no worker, before its run fails.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>How long work that is handed in to a new coordinator waits for the worker that computes it already.</summary>
    public TimeSpan HoldBack => 2 * Renewal;

    /// <summary>After how long a call counts as lost: its silo may have died with it.</summary>
    public TimeSpan Call => Poll + 2 * Renewal;

    /// <summary>How long a silo waits for the answer to a probe; three missed ones, seen by two silos, are a death.</summary>
    public TimeSpan Probe { get; init; } = TimeSpan.FromSeconds(2);
}
