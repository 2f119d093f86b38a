using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>Decides how much every route carries. Differentiable, so that costs of a whole path can be led back to its parameters.</summary>
internal interface IOrderPolicy
{
    /// <summary>What may be trained; empty for a fixed rule.</summary>
    Parameters Parameters { get; }

    /// <summary>The orders of one period, in the open step.</summary>
    /// <param name="frame">What is seen.</param>
    /// <returns>[B, E] in the order of the network's routes; at least 0, and from each warehouse at most what it has on hand.</returns>
    Tensor Orders(in InventoryFrame frame);
}
