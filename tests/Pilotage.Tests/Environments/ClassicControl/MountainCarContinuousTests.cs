using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Xunit;

namespace Pilotage.Tests.Environments.ClassicControl;

public sealed class MountainCarContinuousTests
{
    [Fact]
    public void Step_ThrottleInTheValley_PushesByItsShareOfThePower()
    {
        var environment = new MountainCarContinuous((float)(-Math.PI / 6), 0);
        var (observation, reward, end) = ScalarPlay.Step(ref environment, 0.5f);

        Assert.Equal(0.00075, observation[1], 1e-9);
        Assert.Equal((-0.025f, End.Running), (reward, end));
    }

    [Fact]
    public void Step_ThrottleBeyondTheBox_PushesLikeOneButCostsWhatWasAsked()
    {
        var (asked, most) = (new MountainCarContinuous(-0.5f, 0), new MountainCarContinuous(-0.5f, 0));
        var (first, second) = (ScalarPlay.Step(ref asked, 3f), ScalarPlay.Step(ref most, 1f));

        Assert.Equal(second.Observation, first.Observation);
        Assert.Equal((-0.9f, -0.1f), (first.Reward, second.Reward));
    }

    [Theory]
    [InlineData(0.44f, 0.03f, 99.9f, End.Terminated)]
    [InlineData(0.40f, 0.02f, -0.1f, End.Running)]
    [InlineData(0.58f, -0.01f, -0.1f, End.Running)]
    public void Step_NearTheGoal_PaysAHundredOnArrival(float position, float velocity, float reward, End end)
    {
        var environment = new MountainCarContinuous(position, velocity);
        var outcome = ScalarPlay.Step(ref environment, 1f);

        Assert.Equal((reward, end), (outcome.Reward, outcome.End));
    }

    [Fact]
    public void Step_RandomTrajectory_RoundsTheStateEachStep()
    {
        var random = SeedTree.Root(3).Start();
        var (x, v) = (-0.5f, 0f);
        var environment = new MountainCarContinuous(x, v);
        for (var step = 0; step < 2000; step++)
        {
            var action = (float)random.NextUniform(-1.5, 1.5);
            var newV = Math.Clamp(v + 0.0015 * Math.Clamp((double)action, -1, 1) - 0.0025 * Math.Cos(3.0 * x), -0.07, 0.07);
            var newX = Math.Clamp(x + newV, -1.2, 0.6);
            if (newX == -1.2 && newV < 0) newV = 0;
            (x, v) = ((float)newX, (float)newV);
            var observation = ScalarPlay.Step(ref environment, action).Observation;
            Assert.Equal(x, observation[0], 1e-6f);
            Assert.Equal(v, observation[1], 1e-6f);
        }
    }

    [Fact]
    public void Step_AtTheLeftWall_StopsTheCar()
    {
        var environment = new MountainCarContinuous(-1.19f, -0.07f);
        Assert.Equal([-1.2f, 0f], ScalarPlay.Step(ref environment, -1f).Observation);
    }
}
