namespace Pilotage.Credit;

/// <summary>Advantages brought to mean 0 and deviation 1 over all tokens of a batch, where each token has its answer's.</summary>
/// <remarks>As in REINFORCE++, arXiv:2501.03262, section 3. Moments are in double, the deviation's squares divided by n - 1. Allocates nothing; thread-safe.</remarks>
public static class Whitening
{
    /// <summary>Whitens in place.</summary>
    /// <param name="advantages">Of each answer, any unit; changed.</param>
    /// <param name="tokens">How many tokens each answer has, at least 0.</param>
    /// <param name="centres">Whether the mean is taken off; otherwise they are only divided by the deviation.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    /// <remarks>Fewer than two tokens, or equal advantages throughout, give zeros.</remarks>
    public static void Apply(Span<float> advantages, ReadOnlySpan<int> tokens, bool centres = true)
    {
        if (advantages.Length != tokens.Length) throw new ArgumentException($"Whitening: {advantages.Length} advantages but {tokens.Length} numbers of tokens; wanted one for each.", nameof(tokens));
        double sum = 0, squares = 0;
        long count = 0;
        for (var i = 0; i < tokens.Length; i++)
        {
            sum += (double)tokens[i] * advantages[i];
            count += tokens[i];
        }
        var mean = sum / Math.Max(1, count);
        for (var i = 0; i < tokens.Length; i++) squares += tokens[i] * (advantages[i] - mean) * (advantages[i] - mean);
        var deviation = count < 2 ? 0 : Math.Sqrt(squares / (count - 1));
        // What rounding leaves of equal advantages is no spread.
        if (deviation <= 1e-7 * Math.Abs(mean) || deviation == 0)
        {
            advantages.Clear();
            return;
        }
        var centre = centres ? mean : 0;
        foreach (ref var advantage in advantages) advantage = (float)((advantage - centre) / deviation);
    }
}
