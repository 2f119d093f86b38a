using Pilotage.Tensors;

namespace Pilotage.Objectives;

/// <summary>Estimates of KL(pi, reference) from samples of pi, per sample: their mean over samples is the estimate.</summary>
/// <remarks>
/// Schulman, "Approximating KL divergence", 2020. logRatio = log pi(a|s) - log reference(a|s), any shape. As losses their gradients differ: with samples held fixed, that of k2 is an
/// unbiased gradient of the divergence, that of k1 has mean zero and teaches nothing, and that of k3 is the one of KL(reference, pi).
/// </remarks>
public static class ReferenceKl
{
    /// <summary>logRatio: unbiased, of either sign, large variance.</summary>
    /// <param name="logRatio">log pi - log reference.</param>
    /// <returns>The same shape.</returns>
    public static Tensor K1(Tensor logRatio) => logRatio;

    /// <summary>logRatio^2 / 2: never negative, biased, right to second order where the two are near.</summary>
    /// <param name="logRatio">log pi - log reference.</param>
    /// <returns>The same shape.</returns>
    public static Tensor K2(Tensor logRatio) => logRatio * logRatio * 0.5f;

    /// <summary>exp(-logRatio) - 1 + logRatio: unbiased and never negative.</summary>
    /// <param name="logRatio">log pi - log reference.</param>
    /// <returns>The same shape.</returns>
    public static Tensor K3(Tensor logRatio) => (-logRatio).Exp() + logRatio - 1f;
}
