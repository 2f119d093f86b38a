namespace Pilotage.Language.Trees;

/// <summary>Where a finished path is cut: always at a border of segments, since cuts beside the grid were found to hurt (arXiv:2508.17445, section 4.3).</summary>
internal static class FallbackCut
{
    /// <summary>Chooses the segment that stays as the last one.</summary>
    /// <param name="config">Policy and block.</param>
    /// <param name="nodes">The path's segments, the root first.</param>
    /// <param name="logProbabilities">Of the path's tokens.</param>
    /// <param name="random">The stream to draw from.</param>
    /// <returns>Its place among the nodes, never the last.</returns>
    public static int Choose(TreeConfig config, IReadOnlyList<TreeNode> nodes, ReadOnlySpan<float> logProbabilities, ref Randomness random) => config.Fallback switch
    {
        FallbackPolicy.Random => random.NextInt(nodes.Count - 1),
        FallbackPolicy.LowestToken => Before(nodes, Lowest(logProbabilities)),
        _ => Before(nodes, config.FallbackBlock * Block(config.FallbackBlock, logProbabilities, ref random)),
    };

    /// <summary>The last segment that ends at or before a token.</summary>
    private static int Before(IReadOnlyList<TreeNode> nodes, int token)
    {
        var (place, end) = (0, 0);
        while (place + 1 < nodes.Count - 1 && end + nodes[place + 1].Tokens <= token) end += nodes[++place].Tokens;
        return place;
    }

    private static int Lowest(ReadOnlySpan<float> logProbabilities)
    {
        var lowest = 0;
        for (var i = 1; i < logProbabilities.Length; i++)
            if (logProbabilities[i] < logProbabilities[lowest]) lowest = i;
        return lowest;
    }

    /// <summary>A block, drawn in proportion to e to the power of minus its mean log-probability.</summary>
    private static int Block(int length, ReadOnlySpan<float> logProbabilities, ref Randomness random)
    {
        var weights = new double[(logProbabilities.Length + length - 1) / length];
        var sum = 0.0;
        for (var block = 0; block < weights.Length; block++)
        {
            var tokens = logProbabilities[(block * length)..Math.Min(logProbabilities.Length, (block + 1) * length)];
            var mean = 0.0;
            foreach (var logProbability in tokens) mean += logProbability / tokens.Length;
            sum += weights[block] = Math.Exp(-mean);
        }
        var left = random.NextDouble() * sum;
        for (var block = 0; block < weights.Length; block++)
        {
            left -= weights[block];
            if (left < 0) return block;
        }
        return weights.Length - 1;
    }
}
