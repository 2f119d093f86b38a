using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>One update of a store's policy through simulated periods, always of the same scenarios: the perceptron 4-32-32-1 and the dynamics, unrolled, and all of it backwards.</summary>
internal sealed class InventoryUpdate
{
    private readonly Device _device;
    private readonly StoreNetwork _policy;
    private readonly ScenarioBatch _batch;
    private readonly Adam _optimizer;

    /// <param name="batch">Scenarios side by side.</param>
    /// <param name="periods">T.</param>
    /// <param name="device">Where to compute.</param>
    public InventoryUpdate(int batch, int periods, Device device)
    {
        var network = InventoryNetwork.Store(4, 1, 9, isLost: false);
        _device = device;
        _policy = new(network, 5, [32, 32], SeedTree.Root(1));
        _batch = new ScenarioBatch(ScenarioSet.Draw(network, new DemandProcess.Normal([5], [1.6]), batch, periods, SeedTree.Root(2)), batch).FillAll();
        _optimizer = new(_policy.Parameters, 1e-4);
    }

    /// <summary>The loss, the gradient and the update.</summary>
    /// <returns>The loss before it and the gradient's norm.</returns>
    public UpdateReport Run()
    {
        using var step = Step.Begin(_device);
        return _optimizer.Descend(PathwiseTrainer.Loss(_policy, _batch), 1);
    }

    /// <summary>The loss alone, without gradients.</summary>
    /// <returns>Its value.</returns>
    public float Forward()
    {
        using var step = Step.Begin(_device, Gradient.None);
        return PathwiseTrainer.Loss(_policy, _batch).Item();
    }
}
