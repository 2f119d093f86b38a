using System.Buffers;
using Pilotage.Environments;
using Pilotage.Systems.Operations.Hdpo;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.Hdpo.Simulation;

public class StoreRowsTests
{
    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 1)]
    [InlineData(true, 4)]
    [InlineData(false, 4)]
    public void Step_SameOrdersAndDemand_IsTheSameAsTheDifferentiableDynamics(bool isLost, int leadTime)
    {
        var network = Worlds.Store(leadTime, isLost: isLost);
        var rows = new StoreRows(network, Worlds.Normal, 1000, 3, SeedTree.Root(1));
        var actions = new ActionBatch(rows.Spec.Actions, 3);
        var random = new Randomness(5);
        for (var t = 0; t < 30; t++)
        {
            var state = rows.Frames.Observations.ToArray();
            for (var row = 0; row < 3; row++) actions.Values[row] = (float)random.NextUniform(0, 2);
            var transition = rows.Step(actions);
            var (rewards, next) = (transition.Rewards.ToArray(), rows.Frames.Observations.ToArray());
            // The demand that was drawn, read off stock or, where sales are lost, off the reward.
            for (var row = 0; row < 3; row++)
            {
                var before = state.AsSpan(row * network.Width, network.Width);
                var after = next.AsSpan(row * network.Width, network.Width);
                var arrived = before[1] + (leadTime == 1 ? actions.Values[row] : 0);
                var left = rewards[row] <= 0 && after[0] - arrived <= 1e-6f && isLost && -rewards[row] > 1e-6f ? rewards[row] / 9 : after[0] - arrived;
                using var step = Step.Begin(gradient: Gradient.None);
                var batch = new ScenarioBatch(new ScenarioSet(network, [0], new float[network.Width], 1), 1).FillAll();
                var period = new StockFlow(batch).Advance(Tensor.From(before, 1, 1, network.Width), Tensor.From([actions.Values[row]], 1, 1), Tensor.From([before[0] - left], 1, 1));
                var expected = new float[network.Width];
                period.Next.CopyTo(expected);
                for (var slot = 0; slot < network.Width; slot++) Assert.Equal(expected[slot], after[slot], 1e-5f);
                Assert.Equal(-period.Cost.Item(), rewards[row], 1e-4f);
            }
        }
    }

    [Fact]
    public void Step_LastPeriod_TruncatesWithTheTrueLastState()
    {
        var rows = new StoreRows(Worlds.Store(2), Worlds.Normal, 2, 2, SeedTree.Root(1));
        var actions = new ActionBatch(rows.Spec.Actions, 2);
        actions.Values.Fill(3);
        Assert.Equal(0, rows.Step(actions).EndedRows.Length);
        var transition = rows.Step(actions);
        Assert.Equal([End.Truncated, End.Truncated], transition.Ends.ToArray());
        Assert.Equal(3, transition.FinalFrames.Observation(0)[1], 1e-6f);              // the last order is on its way there
        Assert.InRange(rows.Frames.Observation(0)[1], 0f, 1f);                           // and a new episode has begun here
    }

    [Fact]
    public void Load_SavedRows_GoOnWithTheSameBits()
    {
        var (first, second) = (new StoreRows(Worlds.Store(2), Worlds.Normal, 3, 2, SeedTree.Root(1)), new StoreRows(Worlds.Store(2), Worlds.Normal, 3, 2, SeedTree.Root(2)));
        var actions = new ActionBatch(first.Spec.Actions, 2);
        actions.Values.Fill(1);
        first.Step(actions);
        var writer = new ArrayBufferWriter<byte>();
        first.Save(writer);
        var reader = new SequenceReader<byte>(new(writer.WrittenMemory));
        second.Load(ref reader);
        for (var t = 0; t < 5; t++)
        {
            Assert.Equal(first.Step(actions).Rewards.ToArray(), second.Step(actions).Rewards.ToArray());
            Assert.Equal(first.Frames.Observations.ToArray(), second.Frames.Observations.ToArray());
        }
    }
}
