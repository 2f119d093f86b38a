namespace Pilotage.Systems.Language.LpReg;

/// <summary>Which tokens of an update are protected: rare, plausible, and about to be made rarer.</summary>
internal static class ProtectedTokens
{
    /// <summary>The released code's gate: the k least probable of the negative tokens, where the policy is below the proxy.</summary>
    /// <param name="logProbabilities">log pi of the drawn tokens now, [actions].</param>
    /// <param name="logProxies">log proxy of the drawn tokens, [actions]; negative infinity for noise, which is never protected.</param>
    /// <param name="advantages">A, [actions]; 0 is neither positive nor negative.</param>
    /// <param name="share">rho: k is this share of the negative tokens, rounded down.</param>
    /// <param name="gate">Receives 1 for protected tokens, else 0.</param>
    /// <returns>Whether anything could be protected: with k of at most 1 nothing is.</returns>
    public static bool Repo(ReadOnlySpan<float> logProbabilities, ReadOnlySpan<float> logProxies, ReadOnlySpan<float> advantages, double share, Span<float> gate)
    {
        gate.Clear();
        var negative = new List<int>();
        for (var i = 0; i < advantages.Length; i++)
            if (advantages[i] < 0) negative.Add(i);
        var count = (int)(negative.Count * share);
        if (count <= 1) return false;
        foreach (var i in Lowest(negative, logProbabilities, count))
            if (logProbabilities[i] < logProxies[i]) gate[i] = 1;
        return true;
    }

    /// <summary>The paper's gate: negative tokens below the quantile of all tokens that the proxy keeps.</summary>
    /// <param name="logProbabilities">log pi of the drawn tokens now, [actions].</param>
    /// <param name="logProxies">log proxy of the drawn tokens, [actions].</param>
    /// <param name="advantages">A, [actions].</param>
    /// <param name="share">rho: the quantile.</param>
    /// <param name="gate">Receives 1 for protected tokens, else 0.</param>
    /// <returns>Whether any token lies below the quantile.</returns>
    public static bool Paper(ReadOnlySpan<float> logProbabilities, ReadOnlySpan<float> logProxies, ReadOnlySpan<float> advantages, double share, Span<float> gate)
    {
        gate.Clear();
        var all = new List<int>(advantages.Length);
        for (var i = 0; i < advantages.Length; i++) all.Add(i);
        var count = (int)(all.Count * share);
        foreach (var i in Lowest(all, logProbabilities, count))
            if (advantages[i] < 0 && logProxies[i] > float.NegativeInfinity) gate[i] = 1;
        return count > 0;
    }

    // Equal probabilities in the order of their places, so that the choice is the same on every machine.
    private static IEnumerable<int> Lowest(List<int> tokens, ReadOnlySpan<float> logProbabilities, int count)
    {
        var keys = new (float Value, int Place)[tokens.Count];
        for (var i = 0; i < keys.Length; i++) keys[i] = (logProbabilities[tokens[i]], tokens[i]);
        Array.Sort(keys);
        return keys.Take(count).Select(key => key.Place);
    }
}
