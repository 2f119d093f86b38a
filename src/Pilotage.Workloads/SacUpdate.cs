using Pilotage.Distributions;
using Pilotage.Networks;
using Pilotage.Tensors;

namespace Pilotage.Workloads;

/// <summary>One update as soft actor-critic makes it on HalfCheetah: twin critics and an actor of 256-256, batch 256, Polyak targets. The temperature is fixed.</summary>
/// <remarks>Haarnoja et al., arXiv:1812.05905. Sizes of the task: 17 observations, 6 actions.</remarks>
public sealed class SacUpdate : IWorkload
{
    private const int Observations = 17;
    private const int Actions = 6;
    private readonly int _batch;
    private readonly Device _device;
    private readonly Parameters _actorParameters;
    private readonly Parameters _criticParameters;
    private readonly Parameters _targetParameters;
    private readonly Mlp _actor;
    private readonly EnsembleMlp _critics;
    private readonly EnsembleMlp _targets;
    private readonly Adam _actorOptimizer;
    private readonly Adam _criticOptimizer;
    private readonly float[] _observations;
    private readonly float[] _nextObservations;
    private readonly float[] _actions;
    private readonly float[] _rewards;
    private readonly float[] _normals;
    private readonly float[] _wanted;
    private Randomness _random = new(7);

    /// <summary>Makes networks and data from a fixed seed.</summary>
    /// <param name="batch">Rows of the minibatch.</param>
    /// <param name="device">Where to compute; <see langword="null"/> for the managed device.</param>
    public SacUpdate(int batch, Device? device = null)
    {
        (_batch, _device) = (batch, device ?? Device.Managed);
        (_actorParameters, _criticParameters, _targetParameters) = (new(_device), new(_device), new(_device));
        _actor = new(_actorParameters, "actor", Observations, [256, 256], 2 * Actions, Activation.Relu, 0.01, ref _random);
        _critics = new(_criticParameters, "critics", 2, Observations + Actions, [256, 256], 1, Activation.Relu, 1, ref _random);
        _targets = new(_targetParameters, "critics", 2, Observations + Actions, [256, 256], 1, Activation.Relu, 1, ref _random);
        _targetParameters.BlendFrom(_criticParameters, 1);
        _actorOptimizer = new(_actorParameters, 3e-4);
        _criticOptimizer = new(_criticParameters, 3e-4);
        _observations = Numbers(batch * Observations);
        _nextObservations = Numbers(batch * Observations);
        _actions = [.. Numbers(batch * Actions).Select(number => number / (1 + MathF.Abs(number)))];
        _rewards = Numbers(batch);
        _normals = new float[batch * Actions];
        _wanted = new float[batch];
    }

    /// <inheritdoc/>
    public Parameters Parameters => _criticParameters;

    /// <summary>Sixteen passes of 67,000 multiply-adds a row: 2 target critics; 2 critics forward and 4 back; the actor twice forward and 2 back; 2 critics forward and 2 back to their input; and the norm of counting.</summary>
    public double Flops => 16.0 * 2 * 67_000 * _batch;

    /// <inheritdoc/>
    public Tensor Loss()                                                                  // of the critics
    {
        var input = Tensor.Concat(1, Tensor.From(_observations, _batch, Observations), Tensor.From(_actions, _batch, Actions));
        return 0.5f * (_critics.Forward(input) - Tensor.From(_wanted, _batch, 1)).Square().Mean();
    }

    /// <inheritdoc/>
    public UpdateReport Run()
    {
        using (Step.Begin(_device, Gradient.None))
        {
            var (next, logPi) = Draw(Tensor.From(_nextObservations, _batch, Observations));
            var values = _targets.Forward(Tensor.Concat(1, Tensor.From(_nextObservations, _batch, Observations), next));
            (Tensor.From(_rewards, _batch) + 0.99f * (Least(values) - 0.2f * logPi)).CopyTo(_wanted);
        }
        UpdateReport report;
        using (Step.Begin(_device)) report = _criticOptimizer.Descend(Loss());
        using (Step.Begin(_device))
        {
            var observations = Tensor.From(_observations, _batch, Observations);
            var (drawn, logPi) = Draw(observations);
            _actorOptimizer.Descend((0.2f * logPi - Least(_critics.Forward(Tensor.Concat(1, observations, drawn)))).Mean());
        }
        _targetParameters.BlendFrom(_criticParameters, 0.005f);
        return report;
    }

    private (Tensor Actions, Tensor LogProbability) Draw(Tensor observations)
    {
        foreach (ref var normal in _normals.AsSpan()) normal = (float)_random.NextNormal();
        var moments = _actor.Forward(observations);
        return TanhGaussian.Sample(moments.Slice(1, 0, Actions), moments.Slice(1, Actions, Actions).Clamp(-5, 2), Tensor.From(_normals, _batch, Actions));
    }

    /// <summary>The smaller of the two critics' values, [rows].</summary>
    private Tensor Least(Tensor values) => Tensor.Minimum(values.Slice(0, 0, 1), values.Slice(0, 1, 1)).Reshape(_batch);

    private float[] Numbers(int count)
    {
        var numbers = new float[count];
        foreach (ref var number in numbers.AsSpan()) number = (float)_random.NextNormal();
        return numbers;
    }
}
