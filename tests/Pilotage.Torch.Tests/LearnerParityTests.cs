using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Pilotage.Objectives;
using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;
using Oracle = Pilotage.Tests.Oracle;

namespace Pilotage.Torch.Tests;

/// <summary>Whole losses and whole learners on libtorch beside the managed backend.</summary>
public sealed class LearnerParityTests
{
    private static readonly Device Torch = TorchDevices.Find("torch")!;

    [Fact]
    public void PpoLoss_ValueAndGradient_AgreeWithTheReference()
    {
        var inputs = new OracleInputs(1, -0.5, 0.5, new Shape(4, 16), new Shape(16), new Shape(16, 3), new Shape(3), new Shape(16, 1), new Shape(1));
        var random = new Randomness(2);
        var (observations, advantages, returns) = (Numbers(33 * 4, ref random), Numbers(33, ref random), Numbers(33, ref random));
        var (actions, legal, old) = (new int[33], new bool[33 * 3], new float[33]);
        for (var i = 0; i < 33; i++)
        {
            actions[i] = random.NextInt(3);
            for (var a = 0; a < 3; a++) legal[i * 3 + a] = a == actions[i] || random.NextInt(2) == 0;
            old[i] = -1 - (float)random.NextUniform(0, 0.5);
        }
        var p = inputs.Parameters.All;
        Oracle.Check(() =>
        {
            var hidden = Tensor.From(observations, 33, 4).Linear(p[0], p[1], Activation.Tanh);
            var mask = Mask.From(legal, 33, 3);
            var logPi = hidden.Linear(p[2], p[3]).LogSoftmax(mask);
            var value = hidden.Linear(p[4], p[5]).Reshape(33);
            var logRatio = logPi.Gather(Indices.From(actions, 33)) - Tensor.From(old, 33);
            var entropy = -Tensor.Where(mask, logPi.Exp() * logPi, Tensor.Filled(0)).Sum(1).Mean();
            return Surrogate.Clipped(logRatio, Tensor.From(advantages, 33), 0.2f) + 0.5f * ValueLoss.Squared(value, Tensor.From(returns, 33)) - 0.01f * entropy;
        }, inputs.Parameters);
    }

    [Fact]
    public void DqnLoss_ValueAndGradient_AgreeWithTheReference()
    {
        var inputs = new OracleInputs(3, -0.5, 0.5, new Shape(4, 16), new Shape(16), new Shape(16, 5), new Shape(5));
        var random = new Randomness(4);
        var (observations, targets) = (Numbers(32 * 4, ref random), Numbers(32, ref random));
        var actions = new int[32];
        foreach (ref var action in actions.AsSpan()) action = random.NextInt(5);
        var p = inputs.Parameters.All;
        Oracle.Check(() =>
        {
            var q = Tensor.From(observations, 32, 4).Linear(p[0], p[1], Activation.Relu).Linear(p[2], p[3]);
            return ValueLoss.Huber(q.Gather(Indices.From(actions, 32)), Tensor.From(targets, 32));
        }, inputs.Parameters);
    }

    [Fact]
    public void Ppo_FirstUpdate_HasTheGradientOfTheManagedBackend()
    {
        // One minibatch of one epoch, so that the gradient that is left is that of the first update.
        var config = new PpoConfig { Steps = 256, EnvironmentCount = 4, Horizon = 32, Epochs = 1, Minibatches = 1 };
        float[] Gradient(Device device)
        {
            var ppo = Make(config, device);
            ppo.Iterate();
            return ppo.Networks.Parameters.Gradients.ToArray();
        }
        var (managed, torch) = (Gradient(Device.Managed), Gradient(Torch));
        Assert.Contains(managed, element => element != 0);
        Assert.Equal(managed, torch, (a, b) => Math.Abs(a - b) <= 1e-4 * (Math.Abs(a) + 0.01));
    }

    [Fact]
    public void Ppo_OnTorch_LearnsCartPole()
    {
        var config = new PpoConfig { Steps = 10_000, EnvironmentCount = 8, Horizon = 32, Epochs = 20, Minibatches = 1, LearningRate = 1e-3, Discount = 0.98, TraceDecay = 0.8, EntropyWeight = 0 };
        var ppo = Make(config, Torch);
        while (ppo.Steps < config.Steps) ppo.Iterate();
        // A policy that has learned nothing holds the pole for some 22 steps.
        var learned = ppo.Diagnostics.First(pair => pair.Key == "episode_return").Value;
        Assert.True(learned > 60, $"{learned}");
        Assert.Same(Torch, ppo.Networks.Parameters.Device);
    }

    [Fact]
    public void Dqn_OnTorch_RunsAndStaysFinite()
    {
        var config = new DqnConfig { Steps = 1_000, LearningStarts = 200, Capacity = 1_000, Hidden = [16] };
        var dqn = new Dqn(config, new VectorEnvironment<CartPole>(new CartPole[1], SeedTree.Root(5)), SeedTree.Root(5), Torch);
        while (dqn.Steps < config.Steps) dqn.Iterate();
        Assert.All(dqn.Weights, block => Assert.All(block.Values.ToArray(), value => Assert.True(float.IsFinite(value))));
    }

    private static Ppo Make(PpoConfig config, Device device)
    {
        var seeds = SeedTree.Root(7);
        return new(config, new VectorEnvironment<CartPole>(new CartPole[config.EnvironmentCount], seeds), seeds, device);
    }

    private static float[] Numbers(int count, ref Randomness random)
    {
        var numbers = new float[count];
        foreach (ref var number in numbers.AsSpan()) number = (float)random.NextNormal();
        return numbers;
    }
}
