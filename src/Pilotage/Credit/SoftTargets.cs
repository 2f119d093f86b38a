namespace Pilotage.Credit;

/// <summary>Targets of soft critics: what a step gave, plus what the next state is worth under a policy that is paid for its entropy.</summary>
public static class SoftTargets
{
    /// <summary>y = r + d (min over critics of Q(s', a') - alpha log pi(a'|s')), a' drawn from the policy.</summary>
    /// <param name="rewards">Sums of discounted rewards, [M].</param>
    /// <param name="discounts">d, [M]: gamma to the number of steps, 0 where the episode terminated; not 0 where it was truncated.</param>
    /// <param name="nextValues">Q of each critic, flat [critics, M], of the true next states.</param>
    /// <param name="nextLogProbabilities">log pi(a'|s'), [M]; empty where the policy is deterministic and nothing is paid for entropy.</param>
    /// <param name="temperature">alpha, at least 0, in the unit of the rewards.</param>
    /// <param name="targets">Receives y, [M].</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    /// <remarks>arXiv:1812.05905, eq. 3 and 5 with the smaller of two critics (arXiv:1802.09477). O(critics M), allocates nothing, thread-safe.</remarks>
    public static void Compute(
        ReadOnlySpan<float> rewards, ReadOnlySpan<float> discounts, ReadOnlySpan<float> nextValues, ReadOnlySpan<float> nextLogProbabilities, float temperature, Span<float> targets)
    {
        var count = targets.Length;
        if (rewards.Length != count || discounts.Length != count || (!nextLogProbabilities.IsEmpty && nextLogProbabilities.Length != count) || nextValues.Length == 0 || nextValues.Length % Math.Max(1, count) != 0)
            throw new ArgumentException($"SoftTargets: {rewards.Length} rewards, {discounts.Length} discounts, {nextValues.Length} values, {nextLogProbabilities.Length} log-probabilities and {count} targets do not fit; wanted M of each (or no log-probabilities) and a multiple of M values.");
        for (var i = 0; i < count; i++)
        {
            var least = nextValues[i];
            for (var k = i + count; k < nextValues.Length; k += count) least = Math.Min(least, nextValues[k]);
            // A terminated transition counts no next value at all, not even one that is not finite.
            var worth = nextLogProbabilities.IsEmpty ? least : least - temperature * nextLogProbabilities[i];
            targets[i] = discounts[i] == 0 ? rewards[i] : rewards[i] + discounts[i] * worth;
        }
    }
}
