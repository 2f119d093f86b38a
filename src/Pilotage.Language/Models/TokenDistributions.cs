using Pilotage.Distributions;
using Pilotage.Tensors;

namespace Pilotage.Language.Models;

/// <summary>What a model says of response tokens, one row for each; alive within its step.</summary>
/// <param name="Hidden">What the head saw, [actions, width]: for value heads.</param>
/// <param name="Logits">Of the next token, divided by the temperature, [actions, vocabulary].</param>
/// <param name="LogPi">Their logarithmic probabilities, [actions, vocabulary].</param>
/// <param name="Chosen">The tokens that were chosen, [actions].</param>
public readonly record struct TokenDistributions(Tensor Hidden, Tensor Logits, Tensor LogPi, Indices Chosen)
{
    /// <summary>log pi of the tokens that were chosen, [actions].</summary>
    public Tensor LogProbability => LogPi.Gather(Chosen);

    /// <summary>Entropy of each distribution in nats, [actions].</summary>
    public Tensor Entropy => Categorical.Entropy(LogPi);
}
