using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Xunit;

namespace Pilotage.Tests.Environments.ClassicControl;

public sealed class MaskedVelocityCartPoleTests
{
    [Fact]
    public void Step_SameSeedAndActions_IsCartPoleWithoutItsVelocities()
    {
        var (whole, masked) = (new VectorEnvironment<CartPole>(new CartPole[3], SeedTree.Root(2)), new VectorEnvironment<MaskedVelocityCartPole>(new MaskedVelocityCartPole[3], SeedTree.Root(2)));
        var (actions, random, ended) = (new ActionBatch(whole.Spec.Actions, 3), new Randomness(4), 0);
        for (var step = 0; step < 200; step++)
        {
            for (var row = 0; row < 3; row++)
                Assert.Equal([whole.Frames.Observation(row)[0], whole.Frames.Observation(row)[2]], masked.Frames.Observation(row).ToArray());
            foreach (ref var index in actions.Indices) index = random.NextInt(2);
            var expected = whole.Step(actions);
            var found = masked.Step(actions);
            Assert.Equal(expected.Rewards.ToArray(), found.Rewards.ToArray());
            Assert.Equal(expected.Ends.ToArray(), found.Ends.ToArray());
            ended += found.EndedRows.Length;
            for (var i = 0; i < found.EndedRows.Length; i++)
                Assert.Equal([expected.FinalFrames.Observation(i)[0], expected.FinalFrames.Observation(i)[2]], found.FinalFrames.Observation(i).ToArray());
        }
        Assert.True(ended > 10);
    }

    [Fact]
    public void Describe_TimeLimitAndBar_AreCartPoles() =>
        Assert.Equal((500, 475.0, 2), (MaskedVelocityCartPole.Describe().TimeLimit, MaskedVelocityCartPole.Describe().SolvedAt, MaskedVelocityCartPole.Describe().ObservationSize));
}
