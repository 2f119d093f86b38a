using System.Buffers;
using Pilotage.Tensors;

namespace Pilotage.Objectives;

/// <summary>The value of the uniform random policy, learned as the logarithm of a ratio: a squared Bellman residual with a mean over all actions of the next state.</summary>
/// <remarks>
/// Source: ROVER, arXiv:2509.24981, Algorithm 1. Symbols: rho temperature, beta weight of the successor, A the actions of a state (the vocabulary), r~ centred reward.
/// Q(s, a) = rho (log pi - log pi_old)(a|s); the value of the next state is the mean of Q over A, not over pi. Losses per action, to be minimised; the caller takes the mean.
/// At pi = pi_old the gradient is -2 rho r~ grad log pi: a group-mean policy gradient. What the method adds appears from the second step on the same samples on.
/// </remarks>
public static class RandomPolicyValuation
{
    /// <summary>(1 / |A|) sum over a of log pi(a|s) = mean of the logits - log sum exp of the logits, without the table of logarithms where nothing is masked.</summary>
    /// <param name="logits">[rows, actions]. A constant added to a row changes nothing.</param>
    /// <param name="legal">[rows, actions]; default for all. The mean is over legal actions alone.</param>
    /// <returns>[rows], at most -log of the number of legal actions.</returns>
    public static Tensor MeanLogProbability(Tensor logits, Mask legal = default)
    {
        if (legal.IsNone) return logits.Mean(-1) - logits.LogSumExp(-1);
        var (none, one) = (Tensor.Filled(0), Tensor.Filled(1));
        return Tensor.Where(legal, logits.LogSoftmax(legal), none).Sum(-1) / Tensor.Where(legal, one, none).Sum(-1);
    }

    /// <summary>For each action what stands at the next one of its sequence; 0 behind the last one, cut or ended.</summary>
    /// <param name="values">[actions], sequence by sequence.</param>
    /// <param name="rowOf">Sequence of each action, never falling.</param>
    /// <returns>[actions].</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Tensor AtNext(Tensor values, ReadOnlySpan<int> rowOf)
    {
        var count = rowOf.Length;
        if (values.Shape != new Shape(count)) throw new ArgumentException($"RandomPolicyValuation: values {values.Shape} for {count} actions; wanted one for each.", nameof(values));
        var continues = ArrayPool<float>.Shared.Rent(count);
        for (var i = 0; i < count; i++) continues[i] = i + 1 < count && rowOf[i + 1] == rowOf[i] ? 1 : 0;
        var next = Tensor.Concat(0, values.Slice(0, 1, count - 1), Tensor.Filled(0, 1)) * Tensor.From(continues.AsSpan(0, count), count);
        ArrayPool<float>.Shared.Return(continues);
        return next;
    }

    /// <summary>(Q - target)^2 with the target r~ + beta Qbar, through which no gradient flows.</summary>
    /// <param name="logRatio">(log pi - log pi_old)(a|s) of the actions taken, [actions].</param>
    /// <param name="credit">r~, the centred reward of each action's sequence, [actions].</param>
    /// <param name="successor">Change since pi_old of <see cref="MeanLogProbability"/> in the next state, 0 behind the last action, [actions]: what <see cref="AtNext"/> gives.</param>
    /// <param name="temperature">rho, above 0.</param>
    /// <param name="successorWeight">beta, at least 0; 0 regresses on r~ alone.</param>
    /// <returns>Per action, at least 0.</returns>
    public static Tensor SquaredResidual(Tensor logRatio, Tensor credit, Tensor successor, float temperature, float successorWeight) =>
        (logRatio * temperature - Target(credit, successor, temperature, successorWeight)).Square();

    /// <summary>The same, where a ratio outside [1 - epsilon, 1 + epsilon] has no gradient if its target lies further outside.</summary>
    /// <param name="logRatio">As in <see cref="SquaredResidual"/>.</param>
    /// <param name="credit">As in <see cref="SquaredResidual"/>.</param>
    /// <param name="successor">As in <see cref="SquaredResidual"/>.</param>
    /// <param name="temperature">rho, above 0.</param>
    /// <param name="successorWeight">beta, at least 0.</param>
    /// <param name="clipRadius">epsilon, in (0, 1).</param>
    /// <returns>Per action, at least 0.</returns>
    public static Tensor ClippedResidual(Tensor logRatio, Tensor credit, Tensor successor, float temperature, float successorWeight, float clipRadius)
    {
        var target = Target(credit, successor, temperature, successorWeight);
        var held = logRatio.Clamp(MathF.Log(1 - clipRadius), MathF.Log(1 + clipRadius));
        // Held and free differ outside the radius alone; the product is above 0 where the target pulls the way in which the ratio has already left.
        var pushesOut = ((logRatio - held) * (target - logRatio * temperature)).IsGreater(Tensor.Filled(0));
        return (Tensor.Where(pushesOut, held, logRatio) * temperature - target).Square();
    }

    private static Tensor Target(Tensor credit, Tensor successor, float temperature, float successorWeight) => (credit + successor * (successorWeight * temperature)).Detach();
}
