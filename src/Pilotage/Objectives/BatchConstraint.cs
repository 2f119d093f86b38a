namespace Pilotage.Objectives;

/// <summary>Which actions are near enough to what was done for their values to be believed.</summary>
public static class BatchConstraint
{
    /// <summary>Allows a where g(a) / max g is above a threshold.</summary>
    /// <param name="probabilities">g, how probable each action is for who made the data, [rows, actions], flat; illegal ones 0.</param>
    /// <param name="actionCount">Actions a row, at least 1.</param>
    /// <param name="threshold">tau, in [0, 1): 0 allows all that is possible at all, near 1 the most probable one alone. 0.3 is usual.</param>
    /// <param name="allowed">Receives the answer, [rows, actions]; at least one true in each row that has an action of probability above 0.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or the threshold is outside [0, 1).</exception>
    /// <remarks>Fujimoto et al., arXiv:1910.01708, eq. 8. The comparison is strict. Allocates nothing, thread-safe.</remarks>
    public static void Allow(ReadOnlySpan<float> probabilities, int actionCount, float threshold, Span<bool> allowed)
    {
        if (actionCount < 1 || probabilities.Length % actionCount != 0 || allowed.Length != probabilities.Length)
            throw new ArgumentException($"BatchConstraint: {probabilities.Length} probabilities, {actionCount} actions and room for {allowed.Length} answers do not fit; wanted rows x actions of both.");
        if (!(threshold is >= 0 and < 1)) throw new ArgumentException($"BatchConstraint: the threshold is {threshold}; it must be in [0, 1).", nameof(threshold));
        for (var start = 0; start < probabilities.Length; start += actionCount)
        {
            var row = probabilities.Slice(start, actionCount);
            var largest = 0f;
            foreach (var probability in row) largest = Math.Max(largest, probability);
            for (var a = 0; a < actionCount; a++) allowed[start + a] = row[a] > 0 && row[a] / largest > threshold;
        }
    }
}
