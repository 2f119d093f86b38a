using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Tensors;

namespace Pilotage.Systems.Language.DcpoDistribution;

/// <summary>Mean entropy of a policy over the tokens of answers that it drew, in nats.</summary>
internal static class PolicyEntropy
{
    /// <summary>Minus the mean log-probability with which the tokens were drawn.</summary>
    /// <param name="rows">With behaviour log-probabilities.</param>
    public static double Sampled(IReadOnlyList<TokenRow> rows) => -rows.Sum(row => row.LogProbabilities.Sum(value => (double)value)) / rows.Sum(row => row.Response.Length);

    /// <summary>Mean over the distributions that the tokens were drawn from.</summary>
    /// <param name="model">The policy.</param>
    /// <param name="rows">What it drew.</param>
    /// <param name="temperature">Of the drawing.</param>
    /// <param name="tokenBudget">Most places of a step.</param>
    public static double Exact(LanguageModel model, IReadOnlyList<TokenRow> rows, float temperature, int tokenBudget)
    {
        var entropy = 0.0;
        foreach (var part in new TokenBatch(rows).Parts(tokenBudget))
        {
            using var step = Step.Begin(model.Parameters.Device, Gradient.None);
            entropy += part.Aggregate(model.Forward(part.Sequences, temperature).Entropy).Item();
        }
        return entropy;
    }
}
