using Pilotage.Environments;

namespace Pilotage.Credit;

/// <summary>Discounted returns of whole episodes: Monte Carlo, without any estimate but behind a time limit.</summary>
public static class DiscountedReturns
{
    /// <summary>Sums of discounted rewards to each episode's end, computed backwards in time.</summary>
    /// <param name="rewards">Reward after each step, shape [T, N], any unit.</param>
    /// <param name="finalValues">V of the true final frame of a truncated episode, shape [T, N], in the reward's unit; read only where an episode was truncated, or runs on at the last step. Zeros where nobody can tell.</param>
    /// <param name="ends">Per step: <see cref="End.Running"/>, <see cref="End.Terminated"/> (nothing follows) or <see cref="End.Truncated"/> (the final value follows).</param>
    /// <param name="rows">N, at least 1.</param>
    /// <param name="discount">gamma, in [0, 1].</param>
    /// <param name="returns">Receives the returns, shape [T, N].</param>
    /// <exception cref="ArgumentException">Lengths differ, or do not divide by <paramref name="rows"/>.</exception>
    /// <remarks>G = r + gamma G', with G' the next step's return, V of the final frame, or 0. O(T N), allocates nothing, thread-safe.</remarks>
    public static void Compute(
        ReadOnlySpan<float> rewards, ReadOnlySpan<float> finalValues, ReadOnlySpan<End> ends, int rows, double discount, Span<float> returns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        if (finalValues.Length != rewards.Length || ends.Length != rewards.Length || returns.Length != rewards.Length || rewards.Length % rows != 0)
            throw new ArgumentException($"Lengths differ or do not divide by {rows} rows: rewards {rewards.Length}, final values {finalValues.Length}, ends {ends.Length}, returns {returns.Length}.");
        var gamma = (float)discount;
        for (var i = rewards.Length - 1; i >= 0; i--)
        {
            var isCut = ends[i] == End.Truncated || i + rows >= rewards.Length;
            var next = ends[i] == End.Terminated ? 0 : isCut ? finalValues[i] : returns[i + rows];
            returns[i] = rewards[i] + gamma * next;
        }
    }
}
