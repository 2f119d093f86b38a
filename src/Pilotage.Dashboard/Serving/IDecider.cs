using Pilotage.Hosting;
using Pilotage.Policies;

namespace Pilotage.Dashboard.Serving;

/// <summary>Who decides behind the desk. Thread-safe.</summary>
internal interface IDecider
{
    /// <summary>What the policy that decides now says of itself.</summary>
    PolicyManifest Manifest { get; }

    /// <summary>The hash of its parameters.</summary>
    string Version { get; }

    /// <summary>Decides; see <see cref="ServedPolicy.DecideBatch"/>.</summary>
    PolicyBatchDecision DecideBatch(int rows, ReadOnlySpan<float> observations, ReadOnlySpan<bool> legal, IReadOnlyList<EpisodeMemory?> memories);
}
