using Pilotage.Systems.Operations.Hdpo;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pilotage.Torch.Bench;

/// <summary>The update of <see cref="InventoryUpdate"/> as users of TorchSharp write it: its modules, its Adam, its clipping, one scope for all.</summary>
internal sealed class PlainInventory : IDisposable
{
    private const float Scale = 5;
    private readonly Sequential _policy = nn.Sequential(nn.Linear(4, 32), nn.ELU(), nn.Linear(32, 32), nn.ELU(), nn.Linear(32, 1));
    private readonly Adam _optimizer;
    private readonly Parameter[] _parameters;
    private readonly float[][] _demand;
    private readonly float[] _initial;
    private readonly int _batch;

    public PlainInventory(int batch, int periods)
    {
        var random = new Randomness(2026);
        _batch = batch;
        _parameters = [.. _policy.parameters()];
        _optimizer = new(_parameters, lr: 1e-4);
        _demand = new float[periods][];
        for (var t = 0; t < periods; t++) _demand[t] = Numbers(batch, 5, 1.6, ref random);
        _initial = Numbers(4 * batch, 2.5, 1, ref random);
    }

    public float Run()
    {
        using var scope = NewDisposeScope();
        var loss = Loss();
        _optimizer.zero_grad();
        loss.backward();
        nn.utils.clip_grad_norm_(_parameters, 1);
        _optimizer.step();
        return loss.item<float>();
    }

    public float Forward()
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        return Loss().item<float>();
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _policy.Dispose();
    }

    private TorchSharp.torch.Tensor Loss()
    {
        var state = tensor(_initial, _batch, 4);
        var total = zeros(_batch, 1);
        foreach (var demand in _demand)
        {
            var orders = nn.functional.softplus(_policy.forward(state / Scale) + 1) * Scale;
            var left = state.narrow(1, 0, 1) - tensor(demand, _batch, 1);
            total += left + 10 * (-left).relu();
            state = cat([left + state.narrow(1, 1, 1), state.narrow(1, 2, 2), orders], 1);
        }
        return total.sum() / (_batch * _demand.Length);
    }

    private static float[] Numbers(int count, double mean, double deviation, ref Randomness random)
    {
        var numbers = new float[count];
        foreach (ref var number in numbers.AsSpan()) number = (float)Math.Max(0, mean + deviation * random.NextNormal());
        return numbers;
    }
}
