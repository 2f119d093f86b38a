using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Tensors;

namespace Pilotage.Systems.Language.LpReg.Baselines;

/// <summary>The loss of an update, built in the open step.</summary>
/// <param name="batch">The update's tokens, or a part of them.</param>
/// <param name="pi">What the policy says of them.</param>
/// <param name="logRatio">log pi - log pi_old, [actions].</param>
/// <returns>A scalar.</returns>
internal delegate Tensor TokenLoss(TokenBatch batch, TokenDistributions pi, Tensor logRatio);
