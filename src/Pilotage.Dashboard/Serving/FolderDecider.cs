using Pilotage.Hosting;
using Pilotage.Policies;

namespace Pilotage.Dashboard.Serving;

/// <summary>The policy of a folder, replaced by newer ones.</summary>
internal sealed class FolderDecider(ServedPolicy policy) : IDecider
{
    public PolicyManifest Manifest => policy.Manifest;

    public string Version => policy.Version;

    public PolicyBatchDecision DecideBatch(int rows, ReadOnlySpan<float> observations, ReadOnlySpan<bool> legal, IReadOnlyList<EpisodeMemory?> memories) =>
        policy.DecideBatch(rows, observations, legal, memories);
}
