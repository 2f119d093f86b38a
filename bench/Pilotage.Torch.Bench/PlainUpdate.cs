using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Pilotage.Torch.Bench;

/// <summary>The minibatch update of <see cref="Pilotage.Workloads.PpoUpdate"/> as users of TorchSharp write it: its modules, its Adam, its clipping, one scope for all.</summary>
internal sealed class PlainUpdate : IDisposable
{
    private readonly Sequential _policy = Network(2);
    private readonly Sequential _value = Network(1);
    private readonly Adam _optimizer;
    private readonly Parameter[] _parameters;
    private readonly float[] _observations;
    private readonly float[] _logProbabilities;
    private readonly float[] _advantages;
    private readonly float[] _returns;
    private readonly long[] _actions;
    private readonly int _batch;

    public PlainUpdate(int batch)
    {
        var random = new Randomness(2026);
        _batch = batch;
        _parameters = [.. _policy.parameters(), .. _value.parameters()];
        _optimizer = new(_parameters, lr: 2.5e-4, eps: 1e-5);
        _observations = Numbers(batch * 4, ref random);
        _advantages = Numbers(batch, ref random);
        _returns = Numbers(batch, ref random);
        _logProbabilities = new float[batch];
        _logProbabilities.AsSpan().Fill(-0.7f);
        _actions = new long[batch];
        foreach (ref var action in _actions.AsSpan()) action = random.NextInt(2);
    }

    public float Run()
    {
        using var scope = NewDisposeScope();
        var observations = tensor(_observations, _batch, 4);
        var actions = tensor(_actions);
        var logPi = nn.functional.log_softmax(_policy.forward(observations), 1);
        var values = _value.forward(observations).squeeze(1);
        var advantages = tensor(_advantages);
        advantages = (advantages - advantages.mean()) / (advantages.std(unbiased: false) + 1e-8f);
        var ratio = (logPi.gather(1, actions.unsqueeze(1)).squeeze(1) - tensor(_logProbabilities)).exp();
        var surrogate = minimum(ratio * advantages, ratio.clamp(0.8f, 1.2f) * advantages).mean();
        var valueLoss = 0.5f * (values - tensor(_returns)).square().mean();
        var entropy = -(logPi.exp() * logPi).sum(1).mean();
        var loss = 0.5f * valueLoss - surrogate - 0.01f * entropy;
        _optimizer.zero_grad();
        loss.backward();
        nn.utils.clip_grad_norm_(_parameters, 0.5);
        _optimizer.step();
        return loss.item<float>();
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _policy.Dispose();
        _value.Dispose();
    }

    private static Sequential Network(int outputs) => nn.Sequential(nn.Linear(4, 64), nn.Tanh(), nn.Linear(64, 64), nn.Tanh(), nn.Linear(64, outputs));

    private static float[] Numbers(int count, ref Randomness random)
    {
        var numbers = new float[count];
        foreach (ref var number in numbers.AsSpan()) number = (float)random.NextNormal();
        return numbers;
    }
}
