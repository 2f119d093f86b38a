using Pilotage.Environments;
using Pilotage.Experience.Datasets;

namespace Pilotage.Datasets;

/// <summary>The rows of a data set as files hold them: each transition, and after each episode the frame that its last one led to.</summary>
internal static class TransitionRows
{
    /// <summary>Receives a row.</summary>
    /// <param name="cells">One per column of <see cref="TransitionColumns.Of"/>.</param>
    /// <param name="isFinal">Whether it is an observation alone: action, reward and ends are empty.</param>
    public delegate void Receive(ReadOnlySpan<float> cells, bool isFinal);

    /// <summary>Goes through all rows.</summary>
    public static void Each(TransitionDataset dataset, Receive receive)
    {
        var (spec, steps) = (dataset.Spec, dataset.Steps);
        var cells = new float[TransitionColumns.Of(spec).Count];
        for (var episode = 0; episode < dataset.Episodes.Count; episode++)
        {
            var (start, length, _) = dataset.Episodes[episode];
            for (var step = start; step < start + length; step++)
            {
                var action = steps.Action(step);
                var end = dataset.EndOf(step);
                var at = Begin(cells, episode, step - start, steps.Observation(step));
                foreach (var index in action.Indices) cells[at++] = index;
                foreach (var value in action.Values) cells[at++] = value;
                foreach (var flag in steps.LegalOf(step)) cells[at++] = flag ? 1 : 0;
                cells[at++] = steps.Rewards[step];
                cells[at++] = end == End.Terminated ? 1 : 0;
                cells[at] = end == End.Truncated ? 1 : 0;
                receive(cells, isFinal: false);
            }
            var legal = Begin(cells, episode, length, steps.FinalFrames.Observation(episode)) + spec.Actions.IndexCount + spec.Actions.ValueCount;
            foreach (var flag in steps.FinalFrames.LegalOf(episode)) cells[legal++] = flag ? 1 : 0;
            receive(cells, isFinal: true);
        }
    }

    /// <summary>Whether a column of a final row is empty.</summary>
    public static bool IsEmptyInFinal(string column) =>
        column is TransitionColumns.Action or TransitionColumns.Reward or TransitionColumns.Terminated or TransitionColumns.Truncated || column.StartsWith(TransitionColumns.ActionPrefix, StringComparison.Ordinal);

    private static int Begin(float[] cells, int episode, int step, ReadOnlySpan<float> observation)
    {
        (cells[0], cells[1]) = (episode, step);
        observation.CopyTo(cells.AsSpan(2));
        return 2 + observation.Length;
    }
}
