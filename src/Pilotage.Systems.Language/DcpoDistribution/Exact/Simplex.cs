using Pilotage.Numerics;

namespace Pilotage.Systems.Language.DcpoDistribution;

/// <summary>Distributions over a few actions, in double.</summary>
internal static class Simplex
{
    /// <summary>pi^T = softmax(logits / T).</summary>
    /// <param name="logits">[actions].</param>
    /// <param name="temperature">T, above 0.</param>
    /// <param name="probabilities">Receives [actions].</param>
    public static void Softmax(ReadOnlySpan<double> logits, double temperature, Span<double> probabilities)
    {
        var largest = double.NegativeInfinity;
        foreach (var logit in logits) largest = Math.Max(largest, logit);
        var sum = 0.0;
        for (var a = 0; a < logits.Length; a++) sum += probabilities[a] = Exponential.Exp((logits[a] - largest) / temperature);
        foreach (ref var probability in probabilities) probability /= sum;
    }

    /// <summary>Entropy in nats.</summary>
    /// <param name="probabilities">[actions], sum 1.</param>
    public static double Entropy(ReadOnlySpan<double> probabilities)
    {
        var entropy = 0.0;
        foreach (var probability in probabilities)
            if (probability > 0) entropy -= probability * Logarithm.Log(probability);
        return entropy;
    }
}
