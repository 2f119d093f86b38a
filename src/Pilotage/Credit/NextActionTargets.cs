namespace Pilotage.Credit;

/// <summary>One-step targets: what a step gave, plus what one action in the next state is worth.</summary>
public static class NextActionTargets
{
    /// <summary>y = r + d Q(s', a').</summary>
    /// <param name="rewards">r, [M].</param>
    /// <param name="discounts">d, [M]: gamma, or 0 where the episode terminated; not 0 where it was truncated.</param>
    /// <param name="nextValues">Q of the true next states, flat [M, actions, N]: N = 1 for plain values, else quantiles.</param>
    /// <param name="nextActions">a', [M]; not read where the episode terminated.</param>
    /// <param name="targets">Receives y, [M, N].</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    /// <remarks>
    /// Which a' makes the algorithm: the best by the same values is Q-learning, the best by other values the double estimate, the one that was done SARSA, one drawn from a policy the
    /// evaluation of that policy. Allocates nothing, thread-safe.
    /// </remarks>
    public static void Compute(
        ReadOnlySpan<float> rewards, ReadOnlySpan<float> discounts, ReadOnlySpan<float> nextValues, ReadOnlySpan<int> nextActions, Span<float> targets)
    {
        var rows = rewards.Length;
        if (rows == 0 || discounts.Length != rows || nextActions.Length != rows || targets.Length % rows != 0 || targets.Length == 0 || nextValues.Length == 0 || nextValues.Length % targets.Length != 0)
            throw new ArgumentException($"NextActionTargets: {rows} rewards, {discounts.Length} discounts, {nextValues.Length} values, {nextActions.Length} actions and {targets.Length} targets do not fit; wanted M, M, M x actions x N, M and M x N.");
        var (count, width) = (targets.Length / rows, nextValues.Length / rows);
        for (var i = 0; i < rows; i++)
        {
            // A terminated transition counts no next value at all, not even one that is not finite; its final frame may have no legal action.
            if (discounts[i] == 0) targets.Slice(i * count, count).Fill(rewards[i]);
            else for (var j = 0; j < count; j++) targets[i * count + j] = rewards[i] + discounts[i] * nextValues[i * width + nextActions[i] * count + j];
        }
    }
}
