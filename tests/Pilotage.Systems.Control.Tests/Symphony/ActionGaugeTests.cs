using System.Buffers;
using Pilotage.Environments;
using Pilotage.Systems.Control.Symphony;
using Xunit;

namespace Pilotage.Systems.Control.Tests.Symphony;

public class ActionGaugeTests
{
    private static ActionTally Play(params (float First, float Second)[] actions)
    {
        var tally = new ActionTally();
        var gauge = new ActionGauge(new VectorEnvironment<Still>(new Still[1], SeedTree.Root(1)), tally);
        Step(gauge, actions);
        return tally;
    }

    private static void Step(ActionGauge gauge, params (float First, float Second)[] actions)
    {
        var batch = new ActionBatch(gauge.Spec.Actions, 1);
        foreach (var (first, second) in actions)
        {
            (batch.Values[0], batch.Values[1]) = (first, second);
            gauge.Step(batch);
        }
    }

    [Fact]
    public void Step_ActionsOfAShiftedBox_AreMeasuredInHalfWidths()
    {
        // The box is [-1, 1] x [0, 10]; the episode has three steps, so the fourth action has none before it.
        var tally = Play((1, 5), (-1, 10), (0, 0), (0.5f, 5));
        Assert.Equal((1 + 2 + 1 + 0.25) / 4, tally.Strength, 1e-6);
        Assert.Equal((5 + 5) / 2.0, tally.Change, 1e-6);                 // (2² + 1²), (1² + 2²)
    }

    [Fact]
    public void Step_NumbersNearTheLimits_AreCountedBeyondThem()
    {
        var tally = Play((0.76f, 5), (-1, 10));                          // 0.76, 0, 1, 1
        Assert.Equal((0.75, 0.5), (tally.NearLimitHits, tally.LimitHits));
        Assert.Equal(0.25, tally.Histogram[0]);
        Assert.Equal(0.25, tally.Histogram[15]);                         // 0.76 in [0.75, 0.8)
        Assert.Equal(0.5, tally.Histogram[19]);
    }

    [Fact]
    public void Step_BeyondTheBox_CountsAsItsEdge() => Assert.Equal(2, Play((3, 40)).Strength, 1e-6);

    [Fact]
    public void Load_OfWhatWasSaved_GoesOnInTheSameEpisode()
    {
        ActionTally first = new(), second = new();
        var gauge = new ActionGauge(new VectorEnvironment<Still>(new Still[1], SeedTree.Root(1)), first);
        Step(gauge, (1, 5));
        var writer = new ArrayBufferWriter<byte>();
        gauge.Save(writer);
        var loaded = new ActionGauge(new VectorEnvironment<Still>(new Still[1], SeedTree.Root(2)), second);
        var reader = new SequenceReader<byte>(new ReadOnlySequence<byte>(writer.WrittenMemory));
        loaded.Load(ref reader);
        foreach (var one in new[] { gauge, loaded }) Step(one, (-1, 5), (0, 0), (1, 10));
        Assert.Equal((first.Strength, first.Change), (second.Strength, second.Change));
        Assert.Equal(first.Histogram, second.Histogram);
        Assert.Equal(0, reader.Remaining);
    }

    /// <summary>Three steps in which nothing happens.</summary>
    private struct Still : IEnvironment
    {
        public static EnvironmentSpec Describe() => new() { Name = "Still", ObservationSize = 1, Actions = new ActionSpace.Box([-1, 0], [1, 10]), TimeLimit = 3 };

        public readonly void Reset(Frame first, ref Randomness random) => first.Observation[0] = 0;

        public readonly Outcome Step(AgentAction action, Frame next, ref Randomness random)
        {
            next.Observation[0] = 0;
            return new(0);
        }
    }
}
