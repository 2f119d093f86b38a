using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>What a policy sees in a period: the state, and by the batch the past demand and the calendar. The period's own demand is not known yet.</summary>
/// <param name="state">[B, K, W]: on hand, then what arrives in 1, 2, … periods.</param>
/// <param name="batch">The scenarios.</param>
/// <param name="period">t, in [0, T).</param>
internal readonly ref struct InventoryFrame(Tensor state, ScenarioBatch batch, int period)
{
    /// <summary>[B, K, W].</summary>
    public Tensor State { get; } = state;

    /// <summary>The scenarios.</summary>
    public ScenarioBatch Batch { get; } = batch;

    /// <summary>t.</summary>
    public int Period { get; } = period;

    /// <summary>B.</summary>
    public int Count => Batch.Count;

    /// <summary>The network.</summary>
    public InventoryNetwork Network => Batch.Network;

    /// <summary>Stock on hand, [B, K].</summary>
    public Tensor OnHand => State.Slice(2, 0, 1).Reshape(Count, Network.Count);

    /// <summary>On hand and on the way, [B, K].</summary>
    public Tensor Position => State.Sum(2);
}
