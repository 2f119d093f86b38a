
namespace Pilotage.Cluster.Hosting;

/// <summary>Which cluster: a membership that all its machines can reach, and a name within it.</summary>
/// <param name="Membership">What keeps the list of its machines.</param>
/// <param name="ConnectionString">How that is reached, with its password. Never printed.</param>
/// <param name="Name">Several clusters may share a membership.</param>
public sealed record ClusterAddress(ClusterMembership Membership, string ConnectionString, string Name)
{
    /// <summary>The variable of the environment that holds the connection string. Not an option: what is typed is seen by every user of a machine.</summary>
    public const string ConnectionVariable = "PILOTAGE_CLUSTER_CONNECTION";

    /// <summary>The name of a cluster that was given none.</summary>
    public const string DefaultName = "pilotage";

    /// <summary>The address from the environment.</summary>
    /// <param name="membership">What keeps the list of machines.</param>
    /// <param name="name">The cluster's name.</param>
    /// <returns>The address; nothing has been reached yet.</returns>
    /// <exception cref="UserMistakeException">The variable is empty.</exception>
    public static ClusterAddress FromEnvironment(ClusterMembership membership, string name)
    {
        var example = membership == ClusterMembership.Redis ? "127.0.0.1:6379,password=…" : "Host=127.0.0.1;Username=pilotage;Password=…;Database=pilotage";
        return Environment.GetEnvironmentVariable(ConnectionVariable) is { Length: > 0 } text ? new(membership, text, name)
            : throw new UserMistakeException(new Mistake("PIL2102", $"{ConnectionVariable} is empty, so the cluster's {membership} is not known.", "", $"Set it to a connection string such as {example}").ToString());
    }

    /// <summary>Without the connection string, which holds a password.</summary>
    /// <returns>For messages.</returns>
    public override string ToString() => $"cluster '{Name}' in {Membership}";
}
