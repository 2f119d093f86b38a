using Pilotage.Distributions;
using Pilotage.Networks;
using Pilotage.Tensors;
using Pilotage.Testing;
using Pilotage.Tests.Tensors;
using Xunit;

namespace Pilotage.Tests.Networks;

public sealed class AllocationTests
{
    private static readonly int[] Choices = [2, 3];
    private static readonly int[] Neighbours = [1, 0, -1];
    private static readonly bool[] Begins = [false, true, false, false];

    /// <summary>Gradient steps of every network that has no checkpoint, over and over: all room is the arena's or pooled.</summary>
    [Fact]
    public void Steps_OnceWarm_AllocateNothing()
    {
        var network = new NetworkCase();
        var x = network.Input("x", 2, 2, 8);
        ref var random = ref network.Random;
        var (mlp, ensemble) = (new Mlp(network.Parameters, "mlp", 8, [8], 5, Activation.Tanh, 1, ref random, Normalization.Layer, dropout: 0.1f), new EnsembleMlp(network.Parameters, "twins", 2, 8, [8], 1, Activation.Relu, 1, ref random));
        var (gated, memory) = (new GatedRecurrentUnit(network.Parameters, "gru", 8, 8, ref random), new LongShortTermMemory(network.Parameters, "lstm", 8, 8, ref random));
        var block = new TransformerBlock(network.Parameters, "block", new() { Width = 8, Heads = 2, IsCausal = true, RotaryBase = 100, Dropout = 0.1f }, ref random);
        var encoder = new ConvolutionalEncoder(network.Parameters, "eye", 2, 2, 8, [new(4, Window: 1, ResidualBlocks: 1)], ref random);
        var graph = new MessagePassing(network.Parameters, "graph", 8, 4, 4, Activation.Tanh, Aggregation.Max, ref random);
        Assert.Equal(0, Allocations.Fewest(Run, repetitions: 20));

        void Run()
        {
            using var step = Step.Begin();
            var draws = new Randomness(1);
            var input = Tensor.Of(x);
            var zero = Tensor.Filled(0, 2, 8);
            var logits = mlp.ForwardWithDropout(input.Reshape(4, 8), ref draws);
            var pi = ActionDistribution.FromChoices(logits, Choices);
            var loss = pi.LogProbability(Indices.From([0, 1, 1, 2, 0, 0, 1, 1], 4, 2), default).Sum() + pi.MeanEntropy();
            loss += ensemble.Forward(input.Reshape(4, 8)).Sum() + gated.Unroll(input, zero, Begins).Sum() + memory.Unroll(input, zero, zero, Begins).Outputs.Sum();
            loss += block.ForwardWithDropout(input, ref draws).Sum() + encoder.Forward(input.Reshape(1, 2, 2, 8)).Sum();
            loss += graph.Forward(Tensor.Filled(1, 1, 3, 8), PaddedGraphs.FromNeighbours(Neighbours, [2], 3, 1, 4)).Sum();
            loss += PlackettLuce.LogProbability(input.Reshape(4, 8), Indices.From([0, 1, 2, 3, 4, 5, 6, 7], 4, 2)).Sum();
            Backends.Backward(loss, network.Parameters);
        }
    }
}
