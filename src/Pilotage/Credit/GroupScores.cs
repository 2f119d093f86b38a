using System.Buffers;

namespace Pilotage.Credit;

/// <summary>Credit without a critic: how each answer of a group compares with the others of the same group.</summary>
/// <remarks>Source: arXiv:2604.18578 (GBPO); the standardised advantage is that of arXiv:2402.03300. Sums are in double. Allocates nothing for groups up to 256; thread-safe.</remarks>
public static class GroupScores
{
    private const double Guard = 1e-6;                    // added to the deviation, as in the authors' code
    private const int OnStack = 256;

    /// <summary>A = (r - mean) / (deviation + 1e-6), with the sample deviation. A group of equal rewards, or of one, gets 0.</summary>
    /// <param name="rewards">Of the answers of one group, any unit, at least one.</param>
    /// <param name="advantages">Receives A, one for each.</param>
    /// <exception cref="ArgumentException">The group is empty, or the lengths differ.</exception>
    public static void Standardize(ReadOnlySpan<float> rewards, Span<float> advantages)
    {
        var (mean, deviation) = Moments(rewards, advantages);
        for (var i = 0; i < rewards.Length; i++) advantages[i] = (float)((rewards[i] - mean) / (deviation + Guard));
    }

    /// <summary>(r - median) / (deviation + 1e-6) / lambda, what the bounded ratio's target takes the sigmoid of. Who has the median reward gets exactly 0: target 1.</summary>
    /// <param name="rewards">Of the answers of one group, any unit, at least one.</param>
    /// <param name="temperature">lambda, above 0; 1e-4 is the authors'.</param>
    /// <param name="scores">Receives the scores, one for each.</param>
    /// <exception cref="ArgumentException">The group is empty, the lengths differ, or the temperature is not above 0.</exception>
    public static void AroundMedian(ReadOnlySpan<float> rewards, double temperature, Span<float> scores)
    {
        if (!(temperature > 0)) throw new ArgumentException($"GroupScores: the temperature is {temperature}; it must be above 0.", nameof(temperature));
        var (_, deviation) = Moments(rewards, scores);
        var median = Median(rewards);
        for (var i = 0; i < rewards.Length; i++) scores[i] = (float)((rewards[i] - median) / (deviation + Guard) / temperature);
    }

    private static (double Mean, double Deviation) Moments(ReadOnlySpan<float> rewards, Span<float> results)
    {
        if (rewards.IsEmpty || rewards.Length != results.Length)
            throw new ArgumentException($"GroupScores: {rewards.Length} rewards and room for {results.Length} results; wanted the same number, at least 1.", nameof(rewards));
        var (sum, squares) = (0.0, 0.0);
        foreach (var reward in rewards) sum += reward;
        var mean = sum / rewards.Length;
        foreach (var reward in rewards) squares += (reward - mean) * (reward - mean);
        return (mean, rewards.Length == 1 ? 0 : Math.Sqrt(squares / (rewards.Length - 1)));
    }

    // The quantile at a half, between the two in the middle of an even group.
    private static double Median(ReadOnlySpan<float> rewards)
    {
        var rented = rewards.Length > OnStack ? ArrayPool<float>.Shared.Rent(rewards.Length) : null;
        var sorted = (rented ?? stackalloc float[OnStack])[..rewards.Length];
        rewards.CopyTo(sorted);
        sorted.Sort();
        var (low, high) = (sorted[(sorted.Length - 1) / 2], sorted[sorted.Length / 2]);
        if (rented is not null) ArrayPool<float>.Shared.Return(rented);
        return ((double)low + high) / 2;
    }
}
