namespace Pilotage.Objectives;

/// <summary>Which of the actions that were done are worth doing again.</summary>
public static class AdvantageFilter
{
    /// <summary>1 where an action is worth more than the mean of some that the policy drew, else 0: weights of <see cref="PolicyGradient.Weighted"/>.</summary>
    /// <param name="values">Q, [rows, actions], flat.</param>
    /// <param name="actions">a, what was done, [rows].</param>
    /// <param name="drawn">a_1 to a_m, drawn from the policy, [rows, m], flat.</param>
    /// <param name="weights">Receives 1[A > 0] with A = Q(s, a) - mean over j of Q(s, a_j), [rows]. An advantage of exactly 0 gives 0.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    /// <remarks>Critic regularised regression, arXiv:2006.15134, eq. 3 and table 1 ("binary, mean"). Allocates nothing, thread-safe.</remarks>
    public static void Binary(ReadOnlySpan<float> values, ReadOnlySpan<int> actions, ReadOnlySpan<int> drawn, Span<float> weights)
    {
        var rows = actions.Length;
        if (weights.Length != rows || rows == 0 || values.Length % rows != 0 || drawn.Length == 0 || drawn.Length % rows != 0)
            throw new ArgumentException($"AdvantageFilter: {values.Length} values, {rows} actions, {drawn.Length} drawn actions and room for {weights.Length} weights do not fit; wanted rows x actions, rows, rows x m and rows.");
        var (actionCount, count) = (values.Length / rows, drawn.Length / rows);
        for (var i = 0; i < rows; i++)
        {
            var row = values.Slice(i * actionCount, actionCount);
            var sum = 0.0;
            foreach (var action in drawn.Slice(i * count, count)) sum += row[action];
            weights[i] = row[actions[i]] - sum / count > 0 ? 1 : 0;
        }
    }
}
