using Pilotage.Cluster;
using Pilotage.Lab.Rollouts;

namespace Pilotage.Cli;

/// <summary>Who plays the rollouts of a training, as the command line asked.</summary>
internal static class RolloutPools
{
    /// <summary>Threads, or the workers of a cluster.</summary>
    /// <param name="threads">Of this process; <see langword="null"/> for none.</param>
    /// <param name="cluster">Its workers; <see langword="null"/> for none.</param>
    /// <returns><see langword="null"/> if the learner plays itself.</returns>
    public static IRolloutPool? Of(long? threads, ClusterPool? cluster) => threads is { } count ? new RolloutThreads((int)count, InstalledEnvironments.All) : cluster?.Rollouts;
}
