using Pilotage.Tensors;

namespace Pilotage.Distributions;

/// <summary>A choice among actions, given by log-probabilities [rows, actions] that are normalised over the last axis.</summary>
/// <remarks>Illegal actions have the smallest finite number as log-probability: their probability is exactly 0 and no gradient reaches them.</remarks>
public static class Categorical
{
    /// <summary>Normalises logits.</summary>
    /// <param name="logits">[rows, actions], any real numbers.</param>
    /// <param name="legal">[rows, actions]; default for no mask.</param>
    /// <returns>Log-probabilities [rows, actions].</returns>
    /// <exception cref="ArgumentException">A row has no legal action.</exception>
    public static Tensor Normalize(Tensor logits, Mask legal = default) => logits.LogSoftmax(legal);

    /// <summary>Log-probability of chosen actions.</summary>
    /// <param name="logPi">Normalised, [rows, actions].</param>
    /// <param name="actions">[rows].</param>
    /// <returns>[rows].</returns>
    public static Tensor LogProbability(Tensor logPi, Indices actions) => logPi.Gather(actions);

    /// <summary>Entropy, in nats.</summary>
    /// <param name="logPi">Normalised, [rows, actions].</param>
    /// <returns>[rows], in [0, log(legal actions)].</returns>
    public static Tensor Entropy(Tensor logPi) => -(logPi.Exp() * logPi).Sum(-1);

    /// <summary>Draws an action by inverting the cumulative distribution.</summary>
    /// <param name="probabilities">One per action, summing to 1 up to rounding; illegal ones exactly 0.</param>
    /// <param name="uniform">In [0, 1).</param>
    /// <returns>An action of probability above 0.</returns>
    public static int Sample(ReadOnlySpan<float> probabilities, float uniform)
    {
        var left = uniform;
        var last = 0;
        for (var i = 0; i < probabilities.Length; i++)
        {
            if (probabilities[i] <= 0) continue;
            last = i;
            left -= probabilities[i];
            if (left < 0) break;
        }
        return last;
    }

    /// <summary>The most probable action; the first of equal ones.</summary>
    /// <param name="logPi">One row of normalised log-probabilities.</param>
    /// <returns>Its index.</returns>
    public static int Mode(ReadOnlySpan<float> logPi)
    {
        var best = 0;
        for (var i = 1; i < logPi.Length; i++)
            if (logPi[i] > logPi[best]) best = i;
        return best;
    }
}
