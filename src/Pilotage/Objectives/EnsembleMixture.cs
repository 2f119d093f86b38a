using Pilotage.Tensors;

namespace Pilotage.Objectives;

/// <summary>Random convex mixtures of an ensemble's values: each is an estimate of its own, and all must satisfy the same equation.</summary>
public static class EnsembleMixture
{
    /// <summary>Draws weights: uniform numbers divided by their sum.</summary>
    /// <param name="weights">Receives alpha, [heads]: at least 0, with sum 1 up to rounding.</param>
    /// <param name="random">One number a head.</param>
    /// <remarks>Agarwal et al., arXiv:1907.04543, section 5.2. Not uniform over the simplex: the more heads, the nearer to their mean.</remarks>
    public static void Draw(Span<float> weights, ref Randomness random)
    {
        var sum = 0.0;
        foreach (ref var weight in weights)
        {
            weight = 1 - random.NextSingle();                                   // in (0, 1]: never all 0
            sum += weight;
        }
        foreach (ref var weight in weights) weight = (float)(weight / sum);
    }

    /// <summary>Mixes the heads.</summary>
    /// <param name="heads">Q of each head, [rows, actions, heads].</param>
    /// <param name="weights">alpha, [heads].</param>
    /// <returns>sum over k of alpha_k Q_k, [rows, actions].</returns>
    public static Tensor Mix(Tensor heads, ReadOnlySpan<float> weights) => (heads * Tensor.From(weights, weights.Length)).Sum(-1);
}
