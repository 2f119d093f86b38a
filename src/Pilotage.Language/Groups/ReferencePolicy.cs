using Pilotage.Language.Models;
using Pilotage.Tensors;

namespace Pilotage.Language.Groups;

/// <summary>A copy of a policy that stays as it was: what divergences are measured from.</summary>
public sealed class ReferencePolicy
{
    /// <summary>Copies the weights as they are now.</summary>
    /// <param name="model">Any model.</param>
    public ReferencePolicy(LanguageModel model)
    {
        Model = new(model.Config, SeedTree.Root(0), model.Parameters.Device);
        CopyFrom(model);
    }

    /// <summary>The copy. In a learner's step its forward pass is a constant.</summary>
    public LanguageModel Model { get; }

    /// <summary>Takes the weights as they are now.</summary>
    /// <param name="model">Of the same shape.</param>
    public void CopyFrom(LanguageModel model) => Model.Parameters.BlendFrom(model.Parameters, 1);

    /// <summary>log pi_ref of the response tokens, in a step of its own.</summary>
    /// <param name="sequences">What to score.</param>
    /// <param name="temperature">That of the sampling.</param>
    /// <returns>[actions].</returns>
    public float[] LogProbabilities(SequenceBatch sequences, float temperature = 1) => LogProbabilities(Model, sequences, temperature);

    /// <summary>log pi_ref of the response tokens of many rows, within a budget of places a step.</summary>
    /// <param name="rows">What to score.</param>
    /// <param name="tokenBudget">Most places of a step; see <see cref="TokenBatch.Parts"/>.</param>
    /// <param name="temperature">That of the sampling.</param>
    /// <returns>For each row one number for each response token.</returns>
    public IReadOnlyList<float[]> LogProbabilities(IReadOnlyList<TokenRow> rows, int tokenBudget, float temperature = 1)
    {
        var scored = new Dictionary<TokenRow, float[]>(ReferenceEqualityComparer.Instance);
        foreach (var part in new TokenBatch(rows).Parts(tokenBudget))
        {
            var flat = LogProbabilities(part.Sequences, temperature);
            for (var row = 0; row < part.Rows.Count; row++) scored[part.Rows[row]] = flat[part.Sequences.ActionsOf(row)];
        }
        return [.. rows.Select(row => scored.GetValueOrDefault(row, []))];
    }

    /// <summary>log pi of the response tokens under any model, in a step of its own.</summary>
    /// <param name="model">The model.</param>
    /// <param name="sequences">What to score.</param>
    /// <param name="temperature">That of the sampling.</param>
    /// <returns>[actions].</returns>
    public static float[] LogProbabilities(LanguageModel model, SequenceBatch sequences, float temperature = 1)
    {
        using var step = Step.Begin(model.Parameters.Device, Gradient.None);
        var result = new float[sequences.Actions];
        model.Forward(sequences, temperature).LogProbability.CopyTo(result);
        return result;
    }
}
