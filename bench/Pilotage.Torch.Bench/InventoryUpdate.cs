using Pilotage.Systems.Operations.Hdpo;
using Pilotage.Tensors;
using Pilotage.Workloads;

namespace Pilotage.Torch.Bench;

/// <summary>One update of a store's policy through 50 simulated periods: the perceptron 4-32-32-1 and the dynamics, unrolled, and all of it backwards.</summary>
internal sealed class InventoryUpdate : IWorkload
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

    /// <inheritdoc/>
    public Parameters Parameters => _policy.Parameters;

    /// <inheritdoc/>
    public double Flops => 3 * 2.0 * _batch.Count * _batch.Periods * (4 * 32 + 32 * 32 + 32);

    /// <inheritdoc/>
    public Tensor Loss() => PathwiseTrainer.Loss(_policy, _batch);

    /// <inheritdoc/>
    public UpdateReport Run()
    {
        using var step = Step.Begin(_device);
        return _optimizer.Descend(Loss(), 1);
    }

    /// <summary>The loss alone.</summary>
    /// <returns>Its value.</returns>
    public float Forward()
    {
        using var step = Step.Begin(_device, Gradient.None);
        return Loss().Item();
    }
}
