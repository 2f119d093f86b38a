using System.Globalization;
using System.Runtime.CompilerServices;
using Pilotage.Cluster;
using Pilotage.Cluster.Hosting;

namespace Pilotage.Cli.Diagnosis;

/// <summary>Whether a cluster can be reached. Apart from the doctor, so that what a cluster runs on is loaded by those alone who ask.</summary>
internal static class ClusterFinding
{
    private const string Name = "Cluster";

    /// <summary>What holds where no cluster was named.</summary>
    public static Finding None => new(Name, FindingState.Ok, "--workers N needs nothing; for one of many machines: pilotage doctor --cluster redis or postgres");

    /// <summary>Connects once.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static Finding Of(ClusterMembership membership, string name, CancellationToken cancellation)
    {
        try
        {
            using var pool = ClusterPool.Connect(ClusterAddress.FromEnvironment(membership, name), ProgramVersion.Text, cancellation: cancellation);
            return pool.Workers > 0
                ? new(Name, FindingState.Ok, string.Create(CultureInfo.InvariantCulture, $"'{name}' in {membership}: {pool.Workers} worker{(pool.Workers == 1 ? "" : "s")} of this version, {pool.Threads} at once"))
                : new(Name, FindingState.Missing, $"'{name}' in {membership} has silos and no worker", "They may have just come up: ask again.");
        }
        catch (UserMistakeException mistake)
        {
            return new(Name, FindingState.Missing, $"'{name}' in {membership} cannot be used", string.Join(" ", mistake.Problems.SelectMany(problem => problem.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
        }
    }
}
