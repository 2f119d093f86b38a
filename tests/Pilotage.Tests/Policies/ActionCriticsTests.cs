using System.Buffers;
using Pilotage.Environments;
using Pilotage.Objectives;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Testing.Reference;
using Xunit;

namespace Pilotage.Tests.Policies;

public sealed class ActionCriticsTests
{
    private static readonly EnvironmentSpec Spec = new() { Name = "Box", ObservationSize = 2, Actions = new ActionSpace.Box([-1], [1]) };
    private static readonly float[] States = [0.5f, -1, 2, 0.25f, -0.3f, 0.7f];
    private static readonly float[] Moves = [0.1f, -0.8f, 0.4f];

    [Fact]
    public void ActorLoss_LinearNetworks_HasTheGradientInClosedForm()
    {
        // a = tanh(w·s + b) and Q = v·s + u a + c: dL/dw = -mean(u (1 - a²) s), dL/db without the s. Of the first critic alone.
        var (actor, critics) = Make(hidden: []);
        using var step = Step.Begin();
        var states = Tensor.From(States, 3, 2);
        new Sgd(actor.Parameters, 1e-3).Descend(DeterministicPolicy.Loss(critics.FirstValues(states, actor.Forward(states))));

        var u = critics.Parameters.All[0].Values[2];
        var (w, b) = (new[] { 0.3f, -0.2f }, 0.1f);
        Span<double> wanted = stackalloc double[3];
        for (var row = 0; row < 3; row++)
        {
            var a = Math.Tanh(w[0] * States[2 * row] + w[1] * States[2 * row + 1] + b);
            var slope = -u * (1 - a * a) / 3;
            (wanted[0], wanted[1], wanted[2]) = (wanted[0] + slope * States[2 * row], wanted[1] + slope * States[2 * row + 1], wanted[2] + slope);
        }
        Assert.Equal(wanted[0], actor.Parameters.All[0].Gradient[0], 1e-6);
        Assert.Equal(wanted[1], actor.Parameters.All[0].Gradient[1], 1e-6);
        Assert.Equal(wanted[2], actor.Parameters.All[1].Gradient[0], 1e-6);
    }

    [Fact]
    public void CriticLoss_LinearNetworks_HasTheGradientInClosedForm()
    {
        // The sum over both of half the mean squared error: each critic's dL/dv = mean((Q - y) (s, a)), dL/dc = mean(Q - y).
        var (_, critics) = Make(hidden: []);
        float[] wanted = [1, -2, 0.5f];
        using var step = Step.Begin();
        new Sgd(critics.Parameters, 0.1).Descend(2f * ValueLoss.Squared(critics.Values(Tensor.From(States, 3, 2), Tensor.From(Moves, 3, 1)), Tensor.From(wanted, 3)));

        var weights = critics.Parameters.All[0].Values;
        var target = critics.TargetParameters.All[0].Values;                              // still the weights before the step
        for (var k = 0; k < 2; k++)
        {
            var slope = new double[4];
            for (var row = 0; row < 3; row++)
            {
                double[] x = [States[2 * row], States[2 * row + 1], Moves[row], 1];
                var error = target[3 * k] * x[0] + target[3 * k + 1] * x[1] + target[3 * k + 2] * x[2] - wanted[row];
                for (var i = 0; i < 4; i++) slope[i] += error * x[i] / 3;
            }
            for (var i = 0; i < 3; i++)
            {
                Assert.Equal(slope[i], critics.Parameters.All[0].Gradient[3 * k + i], 1e-5);
                Assert.Equal(target[3 * k + i] - 0.1 * slope[i], weights[3 * k + i], 1e-6);
            }
            Assert.Equal(slope[3], critics.Parameters.All[1].Gradient[k], 1e-5);
        }
    }

    [Fact]
    public void Losses_DeepNetworks_AgreeWithTheReference()
    {
        var (actor, critics) = Make(hidden: [8, 8]);
        Tensor Observations() => Tensor.From(States, 3, 2);
        Oracle.Check(() => DeterministicPolicy.Loss(critics.Values(Observations(), actor.Forward(Observations())).Min(0)), actor.Parameters);
        Oracle.Check(() => DeterministicPolicy.Loss(critics.FirstValues(Observations(), actor.Forward(Observations()))), actor.Parameters);
        Oracle.Check(() => 2f * ValueLoss.Squared(critics.Values(Observations(), Tensor.From(Moves, 3, 1)), Tensor.From([1, -2, 0.5f], 3)), critics.Parameters);
    }

    [Fact]
    public void FirstValues_AreTheFirstRowOfValues()
    {
        var (_, critics) = Make(hidden: [8, 8]);
        using var step = Step.Begin(gradient: Gradient.None);
        var (all, first) = (new float[6], new float[3]);
        critics.Values(Tensor.From(States, 3, 2), Tensor.From(Moves, 3, 1)).CopyTo(all);
        critics.FirstValues(Tensor.From(States, 3, 2), Tensor.From(Moves, 3, 1)).CopyTo(first);

        Assert.Equal(all[..3], first);
        Assert.NotEqual(all[3..], first);
    }

    [Fact]
    public void MoveTargets_AFifth_TakesAFifthOfTheWay()
    {
        var (_, critics) = Make(hidden: []);
        var before = critics.TargetParameters.All[0].Values[0];
        critics.Parameters.All[0].Values[0] = before + 10;
        critics.MoveTargets(0.2f);

        Assert.Equal(before + 2, critics.TargetParameters.All[0].Values[0], 1e-5f);
    }

    [Fact]
    public void Load_WhatWasSaved_HasCriticsAndTargets()
    {
        var (critics, other) = (Make([4]).Critics, Make([4], seed: 8).Critics);
        critics.Parameters.Values[0] += 1;
        var writer = new ArrayBufferWriter<byte>();
        critics.Save(writer);
        var reader = new SequenceReader<byte>(new(writer.WrittenMemory));
        other.Load(ref reader);

        Assert.Equal(0, reader.Remaining);
        Assert.Equal(critics.Parameters.Values.ToArray(), other.Parameters.Values.ToArray());
        Assert.Equal(critics.TargetParameters.Values.ToArray(), other.TargetParameters.Values.ToArray());
    }

    private static (DeterministicActor Actor, ActionCritics Critics) Make(int[] hidden, ulong seed = 3)
    {
        var random = new Randomness(seed);
        var actor = new DeterministicActor(Spec, hidden, Activation.Tanh, ref random);
        var critics = new ActionCritics(Spec, 2, hidden, Activation.Tanh, ref random);
        if (hidden.Length == 0)
        {
            (actor.Parameters.All[0].Values[0], actor.Parameters.All[0].Values[1], actor.Parameters.All[1].Values[0]) = (0.3f, -0.2f, 0.1f);
        }
        return (actor, critics);
    }
}
