using System.Buffers;
using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Pilotage.Systems.Control.Stac;
using Xunit;

namespace Pilotage.Systems.Control.Tests.Stac;

public sealed class ScaledRewardsTests
{
    [Fact]
    public void Step_ScaledTwin_DiffersInRewardsAloneAndKeepsEndsFramesAndState()
    {
        var (plain, scaled) = (Make(), ScaledRewards.Of(Make(), 0.1));
        var actions = new ActionBatch(plain.Spec.Actions, 2);
        for (var step = 0; step < 201; step++)
        {
            actions.Values.Fill(step % 5 - 2);
            if (step == 100)
            {
                var writer = new ArrayBufferWriter<byte>();
                scaled.Save(writer);
                scaled = ScaledRewards.Of(Make(), 0.1);
                var reader = new SequenceReader<byte>(new ReadOnlySequence<byte>(writer.WrittenMemory));
                scaled.Load(ref reader);
            }
            var one = plain.Step(actions);
            var other = scaled.Step(actions);
            for (var row = 0; row < 2; row++) Assert.Equal(0.1 * one.Rewards[row], other.Rewards[row], 1e-6);
            Assert.Equal(one.Ends.ToArray(), other.Ends.ToArray());
            Assert.Equal(one.FinalFrames.Observations.ToArray(), other.FinalFrames.Observations.ToArray());
            Assert.Equal(plain.Frames.Observations.ToArray(), scaled.Frames.Observations.ToArray());
        }
        Assert.Same(plain, ScaledRewards.Of(plain, 1));
    }

    private static VectorEnvironment<Pendulum> Make() => new(new Pendulum[2], SeedTree.Root(1));
}
