using Pilotage.Experience;
using Pilotage.Experience.Datasets;

namespace Pilotage.Systems.Control.DatasetPerspective;

/// <summary>A replay that is longer than a data set may be, thinned to whole episodes from its first to its last.</summary>
internal static class ReplayPart
{
    /// <summary>Keeps an episode wherever the transitions kept so far have fallen behind their share of those passed; the last one kept is cut.</summary>
    /// <param name="replay">In the order of the run.</param>
    /// <param name="transitions">Kept, or all if there are fewer.</param>
    /// <returns>Episodes in their order, exactly that many transitions.</returns>
    public static TransitionDataset Evenly(Demonstrations replay, int transitions)
    {
        var origin = new DatasetOrigin { Kind = DatasetKind.Replay, Behaviour = "dqn while learning" };
        if (replay.Count <= transitions) return new(replay, origin);
        var (spec, kept, passed) = (replay.Spec, new Demonstrations(replay.Spec), 0L);
        var (size, legal) = (spec.ObservationSize, spec.Actions.LegalCount);
        // One episode more than needed, so that cutting the last leaves enough.
        var share = (double)(transitions + replay.Episodes.Max(episode => episode.Length)) / replay.Count;
        for (var i = 0; i < replay.Episodes.Count; i++)
        {
            var (start, length, end) = replay.Episodes[i];
            if (kept.Count <= share * passed)
            {
                kept.Add(
                    replay.Observations.Slice(start * size, length * size), replay.Legal.Slice(start * legal, length * legal), replay.ActionIndices.Slice(start, length), [],
                    replay.Rewards.Slice(start, length), end, replay.FinalFrames.Observation(i), replay.FinalFrames.LegalOf(i));
            }
            passed += length;
        }
        return new TransitionDataset(kept, origin).First(transitions);
    }
}
