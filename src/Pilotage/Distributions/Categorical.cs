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

    /// <summary>Normalises logits at a temperature.</summary>
    /// <param name="temperature">Above 0: below 1 sharpens, above 1 flattens, 1 changes nothing.</param>
    /// <param name="logits">[rows, actions], any real numbers.</param>
    /// <param name="legal">[rows, actions]; default for no mask.</param>
    /// <returns>Log-probabilities [rows, actions].</returns>
    /// <exception cref="ArgumentOutOfRangeException">The temperature is not above 0.</exception>
    /// <exception cref="ArgumentException">A row has no legal action.</exception>
    public static Tensor NormalizeAt(float temperature, Tensor logits, Mask legal = default)
    {
        if (!(temperature > 0 && float.IsFinite(temperature)))
            throw new ArgumentOutOfRangeException(nameof(temperature), $"Categorical: the temperature is {temperature}; it must be a finite number above 0. For the most probable action use Mode.");
        return (logits / temperature).LogSoftmax(legal);
    }

    /// <summary>Log-probability of chosen actions.</summary>
    /// <param name="logPi">Normalised, [rows, actions].</param>
    /// <param name="actions">[rows].</param>
    /// <returns>[rows].</returns>
    public static Tensor LogProbability(Tensor logPi, Indices actions) => logPi.Gather(actions);

    /// <summary>Entropy, in nats.</summary>
    /// <param name="logPi">Normalised, [rows, actions].</param>
    /// <returns>[rows], in [0, log(legal actions)].</returns>
    public static Tensor Entropy(Tensor logPi) => -(logPi.Exp() * logPi).Sum(-1);

    /// <summary>Kullback-Leibler divergence KL(p, q) = sum p (log p - log q), in nats.</summary>
    /// <param name="logPi">log p, normalised, [rows, actions].</param>
    /// <param name="logOther">log q, normalised, [rows, actions]; every action that p allows must be legal here too, else the result is beyond 10^37.</param>
    /// <returns>[rows]; at least 0 up to rounding.</returns>
    public static Tensor Kl(Tensor logPi, Tensor logOther) => (logPi.Exp() * (logPi - logOther)).Sum(-1);

    /// <summary>Draws actions as the largest of log-probability plus Gumbel noise. No gradient.</summary>
    /// <param name="logPi">[rows, actions]; need not be normalised. Illegal ones the smallest finite number.</param>
    /// <param name="uniforms">In [0, 1), [rows, actions], independent.</param>
    /// <returns>[rows].</returns>
    public static Indices Sample(Tensor logPi, Tensor uniforms) => (logPi + Gumbel.Noise(uniforms)).ArgMax();

    /// <summary>Draws an action as the largest of log-probability plus Gumbel noise: needs no normalisation.</summary>
    /// <param name="logits">One per action; illegal ones the smallest finite number. At least one is legal.</param>
    /// <param name="uniforms">In [0, 1), one per action, independent.</param>
    /// <returns>An action.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static int Sample(ReadOnlySpan<float> logits, ReadOnlySpan<float> uniforms)
    {
        if (logits.Length != uniforms.Length) throw new ArgumentException($"Categorical: {logits.Length} logits but {uniforms.Length} uniforms; wanted one for each.", nameof(uniforms));
        var (best, largest) = (0, double.NegativeInfinity);
        for (var i = 0; i < logits.Length; i++)
        {
            var value = logits[i] + Gumbel.Noise(uniforms[i]);
            if (value > largest) (best, largest) = (i, value);
        }
        return best;
    }

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
