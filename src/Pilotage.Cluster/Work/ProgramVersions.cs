namespace Pilotage.Cluster.Work;

/// <summary>The handshake: trials are the same bits only from the same program.</summary>
internal static class ProgramVersions
{
    /// <summary>Compares a program with the cluster's.</summary>
    /// <param name="who">Begins the message: <c>This worker</c>.</param>
    /// <param name="version">Its version.</param>
    /// <param name="ofCluster">The version of the program that the coordinator runs in.</param>
    /// <returns>Why it is refused; <see langword="null"/> if it is not.</returns>
    public static string? Refusal(string who, string version, string ofCluster) => version == ofCluster ? null
        : new Mistake("PIL2101", $"{who} is version {version}; the cluster runs {ofCluster}.", "", "Results are equal only from equal programs: install the same version everywhere, or name another cluster.").ToString();
}
