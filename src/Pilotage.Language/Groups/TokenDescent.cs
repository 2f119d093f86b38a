using Pilotage.Tensors;

namespace Pilotage.Language.Groups;

/// <summary>One update of an optimiser on a batch that may be too large for one step.</summary>
public static class TokenDescent
{
    /// <summary>Descends the loss of a batch in parts that fit a budget: one update with the gradient of the whole, up to rounding.</summary>
    /// <param name="optimizer">What is trained.</param>
    /// <param name="batch">The update's rows.</param>
    /// <param name="loss">Builds a part's loss in the open step, through <see cref="TokenBatch.Aggregate"/> or <see cref="TokenBatch.AggregateResponses"/>, so that parts add up.</param>
    /// <param name="maximumNorm">The gradient is scaled down to this norm; <see langword="null"/> for no limit.</param>
    /// <param name="tokenBudget">Most places of a step; see <see cref="TokenBatch.Parts"/>.</param>
    /// <returns>The loss and the norm before clipping.</returns>
    /// <exception cref="RunFailedException">The loss or the norm is not finite; nothing was updated.</exception>
    public static UpdateReport Descend(this Optimizer optimizer, TokenBatch batch, Func<TokenBatch, Tensor> loss, double? maximumNorm, int tokenBudget)
    {
        foreach (var part in batch.Parts(tokenBudget))
        {
            using var step = Step.Begin(optimizer.Parameters.Device);
            optimizer.Accumulate(loss(part));
        }
        return optimizer.DescendAccumulated((float?)maximumNorm);
    }

    /// <summary>Bytes of the largest step of an update, found on shapes alone: told before the start.</summary>
    /// <param name="optimizer">What is trained.</param>
    /// <param name="rows">Answers of an update.</param>
    /// <param name="prompt">Tokens of the longest prompt.</param>
    /// <param name="response">Most tokens of an answer.</param>
    /// <param name="loss">As in <see cref="Descend"/>.</param>
    /// <param name="tokenBudget">Most places of a step.</param>
    /// <returns>Parameters and step; the answers themselves are small beside them.</returns>
    public static MemoryEstimate Memory(this Optimizer optimizer, int rows, int prompt, int response, Func<TokenBatch, Tensor> loss, int tokenBudget)
    {
        var row = new TokenRow(new int[prompt], new int[response], new float[response], new float[response]) { Targets = new float[response] };
        var largest = new TokenBatch([.. Enumerable.Repeat(row, rows)]).Parts(tokenBudget).First();
        return new(optimizer.Bytes, MemoryEstimate.OfStep(() => loss(largest), optimizer.Parameters), 0);
    }
}
