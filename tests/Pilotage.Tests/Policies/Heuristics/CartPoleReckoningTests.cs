using System.Buffers;
using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Pilotage.Policies;
using Pilotage.Policies.Heuristics;
using Xunit;

namespace Pilotage.Tests.Policies.Heuristics;

public sealed class CartPoleReckoningTests
{
    [Fact]
    public void Act_ResetRow_ForgetsTheEpisode()
    {
        var policy = new CartPoleReckoning();
        var (memory, random, actions) = (policy.CreateMemory(1), new Randomness(1), new ActionBatch(CartPole.Describe().Actions, 1));
        policy.Act(new(1, [0, 0, 0.1f, 2]), memory, ref random, actions);
        policy.Act(new(1, [0, 0, 0, 0]), memory, ref random, actions);
        Assert.Equal(1, actions.Indices[0]);                             // a blank frame: the pole is still reckoned to fall to the right

        memory.ResetRow(0);
        policy.Act(new(1, [0, 0, 0, 0]), memory, ref random, actions);
        Assert.Equal(0, actions.Indices[0]);                             // nothing is known
    }

    [Fact]
    public void Act_SavedAndLoaded_GoesOnAlike()
    {
        var policy = new CartPoleReckoning();
        var environment = new VectorEnvironment<MaskedVelocityCartPole>(new MaskedVelocityCartPole[2], SeedTree.Root(2));
        var (memory, random, actions, again) = (policy.CreateMemory(2), new Randomness(1), new ActionBatch(environment.Spec.Actions, 2), new ActionBatch(environment.Spec.Actions, 2));
        for (var i = 0; i < 20; i++)
        {
            var writer = new ArrayBufferWriter<byte>();
            memory.Save(writer);
            var copy = policy.CreateMemory(2);
            var reader = new SequenceReader<byte>(new(writer.WrittenMemory));
            copy.Load(ref reader);
            policy.Act(environment.Frames, memory, ref random, actions);
            policy.Act(environment.Frames, copy, ref random, again);
            Assert.Equal(actions.Indices.ToArray(), again.Indices.ToArray());
            environment.Step(actions);
        }
    }

    [Fact]
    public void Act_MemoryOfOthers_IsRefused()
    {
        var random = new Randomness(1);
        Assert.StartsWith("The memory must come from this policy's CreateMemory(1).", Assert.Throws<ArgumentException>(
            () => new CartPoleReckoning().Act(new(1, [0, 0]), PolicyMemory.None, ref random, new(CartPole.Describe().Actions, 1))).Message, StringComparison.Ordinal);
    }
}
