using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Xunit;

namespace Pilotage.Tests.Environments.ClassicControl;

public sealed class MountainCarTests
{
    [Fact]
    public void Step_CoastingInTheValley_StaysAtRest()
    {
        var environment = new MountainCar(-Math.PI / 6, 0);
        var observation = ScalarPlay.Step(ref environment, 1).Observation;

        Assert.Equal((float)(-Math.PI / 6), observation[0]);
        Assert.InRange(Math.Abs(observation[1]), 0, 1e-18f);
    }

    [Theory]
    [InlineData(0, -0.001)]
    [InlineData(1, 0)]
    [InlineData(2, 0.001)]
    public void Step_ActionInTheValley_PushesByAThousandth(int action, double velocity)
    {
        var environment = new MountainCar(-Math.PI / 6, 0);
        Assert.Equal(velocity, ScalarPlay.Step(ref environment, action).Observation[1], 1e-9);
    }

    [Fact]
    public void Step_AtTheLeftWall_StopsTheCar()
    {
        var environment = new MountainCar(-1.19, -0.07);
        Assert.Equal([-1.2f, 0f], ScalarPlay.Step(ref environment, 0).Observation);
    }

    [Fact]
    public void Step_TooFast_IsLimited()
    {
        var environment = new MountainCar(-0.5, 0.0699);
        Assert.Equal(0.07f, ScalarPlay.Step(ref environment, 2).Observation[1]);
    }

    [Theory]
    [InlineData(0.49, 0.03, End.Terminated)]
    [InlineData(0.45, 0.02, End.Running)]
    [InlineData(0.59, -0.01, End.Running)]              // past the goal but rolling back: not reached
    public void Step_NearTheGoal_NeedsPlaceAndDirection(double position, double velocity, End expected)
    {
        var environment = new MountainCar(position, velocity);
        var (_, reward, end) = ScalarPlay.Step(ref environment, 1);

        Assert.Equal((-1f, expected), (reward, end));
    }

    [Fact]
    public void Step_RandomTrajectory_EqualsAStraightforwardImplementation()
    {
        var random = SeedTree.Root(3).Start();
        var (x, v) = (-0.5, 0.0);
        var environment = new MountainCar(x, v);
        for (var step = 0; step < 2000; step++)
        {
            var action = random.NextInt(3);
            v = Math.Clamp(v + 0.001 * (action - 1) - 0.0025 * Math.Cos(3 * x), -0.07, 0.07);
            x = Math.Clamp(x + v, -1.2, 0.6);
            if (x == -1.2 && v < 0) v = 0;
            var observation = ScalarPlay.Step(ref environment, action).Observation;
            Assert.Equal(x, observation[0], 1e-6);
            Assert.Equal(v, observation[1], 1e-6);
        }
    }

    [Fact]
    public void Reset_ManySeeds_RestsInTheValley()
    {
        var environment = default(MountainCar);
        var positions = Enumerable.Range(0, 300).Select(seed => ScalarPlay.Reset(ref environment, seed)).ToArray();

        Assert.All(positions, observation => Assert.Equal(0f, observation[1]));
        Assert.All(positions, observation => Assert.InRange(observation[0], -0.6f, -0.4f));
        Assert.True(positions.Max(o => o[0]) - positions.Min(o => o[0]) > 0.19f);
    }
}
