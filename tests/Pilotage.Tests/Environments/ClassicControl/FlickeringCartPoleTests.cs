using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Xunit;

namespace Pilotage.Tests.Environments.ClassicControl;

public sealed class FlickeringCartPoleTests
{
    [Fact]
    public void Step_ManyFrames_AreBlankHalfOfTheTimeAndElseCartPoles()
    {
        var random = SeedTree.Root(2).Start();
        var (frames, blank) = (0, 0);
        for (var episode = 0; episode < 400; episode++)
        {
            var (flickering, observation) = (new FlickeringCartPole(), new float[4]);
            var copy = random;                                            // the same start without the flicker
            var (whole, shown) = (new CartPole(), new float[4]);
            whole.Reset(new(shown, []), ref copy);
            flickering.Reset(new(observation, []), ref random);
            Look();
            for (var end = End.Running; end == End.Running;)
            {
                var action = new AgentAction([frames % 2], []);
                end = flickering.Step(action, new(observation, []), ref random).End;
                Assert.Equal(end, whole.Step(action, new(shown, []), ref copy).End);
                Look();
            }

            void Look()
            {
                frames++;
                if (observation.All(number => number == 0)) blank++;
                else Assert.Equal(shown, observation);
            }
        }
        // Standard deviation of the share: 0.5 / sqrt(frames), with some 10,000 frames 0.005.
        Assert.True(frames > 5_000);
        Assert.Equal(0.5, (double)blank / frames, 0.03);
    }
}
