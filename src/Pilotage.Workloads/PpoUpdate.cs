using Pilotage.Tensors;

namespace Pilotage.Workloads;

/// <summary>One minibatch update as PPO makes it on CartPole: two networks 4-64-64, the loss written with plain operators, clipping, Adam.</summary>
public sealed class PpoUpdate : IWorkload
{
    private readonly Parameters _parameters = new();
    private readonly Device _device;
    private readonly (Parameter Weight, Parameter Bias)[] _policy;
    private readonly (Parameter Weight, Parameter Bias)[] _value;
    private readonly Adam _optimizer;
    private readonly float[] _observations;
    private readonly float[] _logProbabilities;
    private readonly float[] _advantages;
    private readonly float[] _returns;
    private readonly int[] _actions;

    /// <summary>Makes networks and data from a fixed seed.</summary>
    /// <param name="batch">Rows of the minibatch.</param>
    /// <param name="device">Where to compute; <see langword="null"/> for the managed device.</param>
    public PpoUpdate(int batch, Device? device = null)
    {
        _device = device ?? Device.Managed;
        var random = new Randomness(2026);
        _policy = [Layer("policy.hidden0", 4, 64, 1.41, ref random), Layer("policy.hidden1", 64, 64, 1.41, ref random), Layer("policy.output", 64, 2, 0.01, ref random)];
        _value = [Layer("value.hidden0", 4, 64, 1.41, ref random), Layer("value.hidden1", 64, 64, 1.41, ref random), Layer("value.output", 64, 1, 1, ref random)];
        _optimizer = new(_parameters, 2.5e-4, epsilon: 1e-5);
        _observations = Numbers(batch * 4, ref random);
        _advantages = Numbers(batch, ref random);
        _returns = Numbers(batch, ref random);
        _logProbabilities = new float[batch];
        _logProbabilities.AsSpan().Fill(-0.7f);
        _actions = new int[batch];
        foreach (ref var action in _actions.AsSpan()) action = random.NextInt(2);
    }

    /// <inheritdoc/>
    public Parameters Parameters => _parameters;

    /// <inheritdoc/>
    public double Flops => 3 * 2.0 * _actions.Length * (2 * (4 * 64 + 64 * 64) + 64 * 3);

    /// <inheritdoc/>
    public UpdateReport Run()
    {
        using var step = Step.Begin(_device);
        return _optimizer.Descend(Loss(), 0.5f);
    }

    /// <summary>The loss alone.</summary>
    /// <returns>Its value.</returns>
    public float Forward()
    {
        using var step = Step.Begin(_device);
        return Loss().Item();
    }

    /// <summary>What acting on a few rows costs: both networks and the log-probabilities, without gradients.</summary>
    /// <param name="rows">Observations to act on, at most the batch.</param>
    /// <param name="logProbabilities">Receives [rows, 2].</param>
    /// <param name="values">Receives [rows].</param>
    public void Act(int rows, Span<float> logProbabilities, Span<float> values)
    {
        using var step = Step.Begin(_device, Gradient.None);
        var observations = Tensor.From(_observations.AsSpan(0, rows * 4), rows, 4);
        Network(_policy, observations).LogSoftmax().CopyTo(logProbabilities);
        Network(_value, observations).CopyTo(values);
    }

    /// <inheritdoc/>
    public Tensor Loss()
    {
        var batch = _actions.Length;
        var observations = Tensor.From(_observations, batch, 4);
        var logPi = Network(_policy, observations).LogSoftmax();
        var values = Network(_value, observations).Reshape(batch);
        var advantages = Tensor.From(_advantages, batch);
        var centred = advantages - advantages.Mean();
        advantages = centred / (centred.Square().Mean().Sqrt() + 1e-8f);
        var ratio = (logPi.Gather(Indices.From(_actions, batch)) - Tensor.From(_logProbabilities, batch)).Exp();
        var surrogate = Tensor.Minimum(ratio * advantages, ratio.Clamp(0.8f, 1.2f) * advantages).Mean();
        var valueLoss = 0.5f * (values - Tensor.From(_returns, batch)).Square().Mean();
        var entropy = -(logPi.Exp() * logPi).Sum(1).Mean();
        return 0.5f * valueLoss - surrogate - 0.01f * entropy;
    }

    private static Tensor Network((Parameter Weight, Parameter Bias)[] layers, Tensor x)
    {
        for (var i = 0; i < layers.Length; i++) x = x.Linear(layers[i].Weight, layers[i].Bias, i + 1 < layers.Length ? Activation.Tanh : Activation.None);
        return x;
    }

    private static float[] Numbers(int count, ref Randomness random)
    {
        var numbers = new float[count];
        foreach (ref var number in numbers.AsSpan()) number = (float)random.NextNormal();
        return numbers;
    }

    private (Parameter Weight, Parameter Bias) Layer(string name, int inputs, int outputs, double gain, ref Randomness random) =>
        (_parameters.Add($"{name}.weight", new(inputs, outputs), new Initializer.Orthogonal(gain), ref random),
         _parameters.Add($"{name}.bias", new(outputs), new Initializer.Constant(0), ref random));
}
