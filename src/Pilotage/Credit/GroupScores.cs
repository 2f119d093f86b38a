using System.Buffers;

namespace Pilotage.Credit;

/// <summary>Credit without a critic: how each answer of a group compares with the others of the same group.</summary>
/// <remarks>Source: arXiv:2604.18578 (GBPO); the standardised advantage is that of arXiv:2402.03300. Sums are in double. Allocates nothing for groups up to 256; thread-safe.</remarks>
public static class GroupScores
{
    private const double Guard = 1e-6;                    // added to the deviation, as in the authors' code
    private const int OnStack = 256;

    /// <summary>A = (r - mean) / (deviation + 1e-6). A group of equal rewards, or of one, gets 0.</summary>
    /// <param name="rewards">Of the answers of one group, any unit, at least one.</param>
    /// <param name="advantages">Receives A, one for each.</param>
    /// <param name="population">Whether the squares are divided by n in the place of n - 1.</param>
    /// <exception cref="ArgumentException">The group is empty, or the lengths differ.</exception>
    public static void Standardize(ReadOnlySpan<float> rewards, Span<float> advantages, bool population = false)
    {
        var (mean, deviation) = Moments(rewards, advantages);
        if (population) deviation *= Math.Sqrt((rewards.Length - 1.0) / rewards.Length);
        for (var i = 0; i < rewards.Length; i++) advantages[i] = (float)((rewards[i] - mean) / (deviation + Guard));
    }

    /// <summary>A = r - mean. A group of equal rewards, or of one, gets 0.</summary>
    /// <param name="rewards">Of the answers of one group, any unit, at least one.</param>
    /// <param name="advantages">Receives A, one for each.</param>
    /// <exception cref="ArgumentException">The group is empty, or the lengths differ.</exception>
    /// <remarks>arXiv:2503.20783 (Dr. GRPO): without the division, groups of rare success do not count more.</remarks>
    public static void Centre(ReadOnlySpan<float> rewards, Span<float> advantages)
    {
        var (mean, _) = Moments(rewards, advantages);
        for (var i = 0; i < rewards.Length; i++) advantages[i] = (float)(rewards[i] - mean);
    }

    /// <summary>A = r - mean of the others: n / (n - 1) times the centred reward, and an unbiased baseline. A group of one has no others and is refused.</summary>
    /// <param name="rewards">Of the answers of one group, any unit, at least two.</param>
    /// <param name="advantages">Receives A, one for each.</param>
    /// <exception cref="ArgumentException">The group has fewer than two, or the lengths differ.</exception>
    /// <remarks>Kool, van Hoof and Welling, 2019; arXiv:2402.14740 (RLOO).</remarks>
    public static void LeaveOneOut(ReadOnlySpan<float> rewards, Span<float> advantages)
    {
        var (mean, _) = Moments(rewards, advantages);
        if (rewards.Length < 2) throw new ArgumentException("GroupScores: a group of one leaves no other to compare with; wanted at least 2.", nameof(rewards));
        var factor = rewards.Length / (rewards.Length - 1.0);
        for (var i = 0; i < rewards.Length; i++) advantages[i] = (float)((rewards[i] - mean) * factor);
    }

    /// <summary>Marks which answers stay when answers below the mean outnumber the others: as many of them as there are others, drawn at random. At least two answers stay.</summary>
    /// <param name="rewards">Of the answers of one group, any unit, at least one.</param>
    /// <param name="random">The stream to draw from; not drawn from where nothing is dropped.</param>
    /// <param name="kept">Receives whether an answer stays, one for each.</param>
    /// <exception cref="ArgumentException">The group is empty, or the lengths differ.</exception>
    /// <remarks>arXiv:2509.24203 (RED-Drop): positives are rewards at or above the mean.</remarks>
    public static void Balance(ReadOnlySpan<float> rewards, ref Randomness random, Span<bool> kept)
    {
        if (rewards.IsEmpty || rewards.Length != kept.Length)
            throw new ArgumentException($"GroupScores: {rewards.Length} rewards and room for {kept.Length} marks; wanted the same number, at least 1.", nameof(rewards));
        var (sum, positives) = (0.0, 0);
        foreach (var reward in rewards) sum += reward;
        var mean = sum / rewards.Length;
        // In double: a float sum of equal rewards may round above each of them.
        foreach (var reward in rewards)
            if (reward >= mean) positives++;
        var negatives = rewards.Length - positives;
        var surplus = Math.Min(negatives - positives, rewards.Length - 2);
        kept.Fill(true);
        for (var (i, left) = (0, negatives); i < rewards.Length && surplus > 0; i++)
        {
            if (rewards[i] >= mean) continue;
            // Selection sampling: each subset of the surplus is equally likely.
            if (random.NextInt(left--) >= surplus) continue;
            kept[i] = false;
            surplus--;
        }
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
