using Pilotage.Tensors;

namespace Pilotage.Objectives;

/// <summary>The likelihood-ratio policy objective. A loss: to be minimised.</summary>
public static class PolicyGradient
{
    /// <summary>-mean(log pi(a|s) A); its gradient is minus the estimated gradient of the return per step.</summary>
    /// <param name="logProbabilities">log pi(a|s) of the actions taken, [rows].</param>
    /// <param name="advantages">A, or whatever weighs an action: returns, temporal-difference errors; [rows], constants.</param>
    /// <returns>A scalar.</returns>
    /// <remarks>Williams, Machine Learning 8 (1992), eq. 11; arXiv:1602.01783, section 4.</remarks>
    public static Tensor Weighted(Tensor logProbabilities, Tensor advantages) => -(logProbabilities * advantages).Mean();
}
