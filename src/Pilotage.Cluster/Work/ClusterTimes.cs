using System.Globalization;

namespace Pilotage.Cluster.Work;

/// <summary>How long things wait for each other in a cluster. Shorter finds deaths sooner and takes slow machines for dead ones more often.</summary>
public sealed record ClusterTimes
{
    /// <summary>The variable of the environment that holds the length of a lease in seconds; the same in every process of a cluster.</summary>
    public const string LeaseVariable = "PILOTAGE_CLUSTER_LEASE";

    /// <summary>How often a worker renews its leases. Well below <see cref="Lease"/>.</summary>
    public TimeSpan Renewal { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a lease lives without renewal; its work then goes to another worker.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a job lives without its asker; workers then drop it.</summary>
    public TimeSpan Asker { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a request for work or results waits before it is answered with nothing.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an asker bears a cluster that does not answer or has no worker, before its run fails.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(90);

    /// <summary>How long a silo waits for the answer to a probe; three missed ones are a death.</summary>
    public TimeSpan Probe { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>After how long a call counts as lost: its silo may have died with it.</summary>
    public TimeSpan Call => Poll + 2 * Renewal;

    /// <summary>How long work that is handed in to a new coordinator waits for the worker that computes it already, whose last call to the old one may have to be lost first.</summary>
    public TimeSpan HoldBack => Call + 2 * Renewal;

    /// <summary>All times, from the length of a lease.</summary>
    /// <param name="lease">At least 1 s.</param>
    /// <returns>The defaults for 30 s, and in proportion for another.</returns>
    public static ClusterTimes OfLease(TimeSpan lease) => new()
    {
        Renewal = lease / 6, Lease = lease, Asker = lease, Poll = lease / 3, Patience = 3 * lease is var patience && patience < TimeSpan.FromSeconds(60) ? TimeSpan.FromSeconds(60) : patience,
        Probe = lease / 15 is var probe && probe < TimeSpan.FromSeconds(1) ? TimeSpan.FromSeconds(1) : probe,
    };

    /// <summary>The times that the environment names.</summary>
    /// <returns>The defaults if it names none.</returns>
    /// <exception cref="UserMistakeException">It is not a number of seconds from 1 to 3600.</exception>
    public static ClusterTimes OfEnvironment()
    {
        if (Environment.GetEnvironmentVariable(LeaseVariable) is not { Length: > 0 } text) return new();
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 1 and <= 3600) return OfLease(TimeSpan.FromSeconds(seconds));
        throw new UserMistakeException(new Mistake("PIL2114", $"{LeaseVariable} is \"{text}\". Allowed: a number of seconds from 1 to 3600.", "", "How long a worker may be silent before its work goes to another; the same in every process. Without it, 30.").ToString());
    }
}
