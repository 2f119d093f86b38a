using Pilotage.Tensors;

namespace Pilotage.Objectives;

/// <summary>How improbable logits make the actions that somebody took.</summary>
public static class CrossEntropy
{
    /// <summary>Mean over the rows of log sum over legal b of exp z(b) - z(a) = -log softmax(z)(a).</summary>
    /// <param name="logits">z, [rows, actions], any real numbers.</param>
    /// <param name="actions">a, what was done, [rows].</param>
    /// <param name="legal">[rows, actions]; default for no mask.</param>
    /// <returns>A scalar, at least 0; log A where all A legal logits are equal.</returns>
    /// <exception cref="ArgumentException">A row has no legal action.</exception>
    /// <remarks>
    /// Three losses are this one. Of a policy's logits it is behaviour cloning (Pomerleau, NIPS 1988) and the imitation term of batch-constrained Q-learning (arXiv:1910.01708). Of values it
    /// is the penalty of conservative Q-learning, arXiv:2006.04779, eq. 4: it pushes the value of what was done up and those of all other actions down.
    /// </remarks>
    public static Tensor Mean(Tensor logits, Indices actions, Mask legal = default) => -logits.LogSoftmax(legal).Gather(actions).Mean();
}
