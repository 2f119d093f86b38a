using Pilotage.Objectives;
using Pilotage.Tensors;

namespace Pilotage.Systems.Language.LpReg.Baselines;

/// <summary>The losses that the study compares with, all on token means and the same credit, so that they differ by the loss alone.</summary>
internal static class TokenLosses
{
    /// <summary>The clipped surrogate: GRPO's, or with a wider upper radius DAPO's "clip higher" (arXiv:2503.14476, section 3.1).</summary>
    public static TokenLoss Clipped(double lowerRadius, double upperRadius) =>
        (batch, _, logRatio) => batch.Aggregate(Surrogate.ClippedTerms(logRatio, batch.Advantages, (float)lowerRadius, (float)upperRadius));

    /// <summary>The clipped surrogate with a bonus on the entropy of each token.</summary>
    public static TokenLoss WithEntropy(double radius, double weight) =>
        (batch, pi, logRatio) => batch.Aggregate(Surrogate.ClippedTerms(logRatio, batch.Advantages, (float)radius, (float)radius) - (float)weight * pi.Entropy);

    /// <summary>KL-Cov: tokens whose log-probability and advantage vary together most are held to the policy that drew them, by |log ratio|.</summary>
    /// <param name="share">Of tokens that are held; at least one.</param>
    /// <param name="weight">Of the divergence.</param>
    /// <remarks>arXiv:2505.22617, section 4.3: covariance of a token (log pi - mean)(A - mean); other tokens learn without clip.</remarks>
    public static TokenLoss KlCov(double share, double weight) => (batch, pi, logRatio) =>
    {
        var held = Tensor.From(Highest(Covariances(Read(pi.LogProbability), Read(batch.Advantages)), share), batch.Sequences.Actions);
        return batch.Aggregate(-(logRatio.Exp() * batch.Advantages) + (float)weight * held * logRatio.Abs());
    };

    /// <summary>80/20: gradient on the tokens of the highest entropy alone.</summary>
    /// <param name="radius">Clip radius.</param>
    /// <param name="share">Of tokens that learn.</param>
    /// <remarks>arXiv:2506.01939, eq. 5: the mean is over the tokens that learn.</remarks>
    public static TokenLoss HighEntropy(double radius, double share) => (batch, pi, logRatio) =>
    {
        var learning = Highest(Read(pi.Entropy), share);
        var scale = learning.Length / learning.Sum();
        return batch.Aggregate(Surrogate.ClippedTerms(logRatio, batch.Advantages, (float)radius, (float)radius) * Tensor.From(learning, learning.Length)) * scale;
    };

    /// <summary>(log pi - mean)(A - mean) of each token.</summary>
    internal static float[] Covariances(float[] logProbabilities, float[] advantages)
    {
        var (meanLog, meanAdvantage) = (logProbabilities.Average(), advantages.Average());
        return [.. logProbabilities.Zip(advantages, (log, advantage) => (log - meanLog) * (advantage - meanAdvantage))];
    }

    /// <summary>1 for the share of largest values, at least one of them; equal ones in their order.</summary>
    internal static float[] Highest(float[] values, double share)
    {
        var chosen = new float[values.Length];
        foreach (var i in Enumerable.Range(0, values.Length).OrderByDescending(i => values[i]).Take(Math.Max(1, (int)(values.Length * share)))) chosen[i] = 1;
        return chosen;
    }

    private static float[] Read(Tensor tensor)
    {
        var values = new float[tensor.Shape.Count];
        tensor.CopyTo(values);
        return values;
    }
}
