namespace Pilotage.Cluster.Hosting;

/// <summary>Where the machines of a cluster find each other.</summary>
public enum ClusterMembership
{
    /// <summary>In a Redis server.</summary>
    Redis,

    /// <summary>In a PostgreSQL database; its two tables are made if they are missing.</summary>
    Postgres,
}
