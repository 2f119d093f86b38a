namespace Pilotage.Tensors;

/// <summary>Whether a step keeps what a backward pass needs.</summary>
public enum Gradient : byte
{
    /// <summary>Operations are recorded; <c>Optimizer.Descend</c> may be called.</summary>
    Recorded,

    /// <summary>Values only: acting, evaluation, targets.</summary>
    None,
}
