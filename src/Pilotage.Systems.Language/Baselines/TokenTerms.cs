using Pilotage.Tensors;

namespace Pilotage.Systems.Language.Baselines;

/// <summary>The loss of each token.</summary>
/// <param name="logRatio">log pi - log pi_old, [actions].</param>
/// <param name="logProbabilities">log pi, [actions].</param>
/// <param name="advantages">A; constants, [actions].</param>
/// <returns>[actions], to be minimised.</returns>
internal delegate Tensor TokenTerms(Tensor logRatio, Tensor logProbabilities, Tensor advantages);
