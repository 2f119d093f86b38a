using Pilotage.Experience;
using Pilotage.Experience.Datasets;

namespace Pilotage.Systems.Control.DatasetPerspective;

/// <summary>Keeps every fifth episode back, so that policies are judged on what they did not learn from.</summary>
internal static class HeldOut
{
    private const int Every = 5;

    /// <summary>Splits by episodes. A log of fewer than five gives all to both parts.</summary>
    public static (TransitionDataset Training, TransitionDataset HeldOut) Split(TransitionDataset data)
    {
        if (data.Episodes.Count < Every) return (data, data);
        return (Part(data, i => i % Every != Every - 1), Part(data, i => i % Every == Every - 1));
    }

    private static TransitionDataset Part(TransitionDataset data, Func<int, bool> isTaken)
    {
        var (part, size, legal, steps) = (new Demonstrations(data.Spec), data.Spec.ObservationSize, data.Spec.Actions.LegalCount, data.Steps);
        for (var i = 0; i < data.Episodes.Count; i++)
        {
            if (!isTaken(i)) continue;
            var (start, length, end) = data.Episodes[i];
            part.Add(
                steps.Observations.Slice(start * size, length * size), steps.Legal.Slice(start * legal, length * legal), steps.ActionIndices.Slice(start, length), [], steps.Rewards.Slice(start, length),
                end, steps.FinalFrames.Observation(i), steps.FinalFrames.LegalOf(i));
        }
        return new(part, data.Origin);
    }
}
