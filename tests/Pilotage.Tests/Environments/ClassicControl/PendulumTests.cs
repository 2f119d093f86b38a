using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Xunit;

namespace Pilotage.Tests.Environments.ClassicControl;

public sealed class PendulumTests
{
    [Fact]
    public void Step_HangingAtRest_CostsPiSquared()
    {
        var environment = new Pendulum(Math.PI, 0);
        Assert.Equal((float)-9.869604401089358, ScalarPlay.Step(ref environment, 0f).Reward);
    }

    [Fact]
    public void Step_HangingAtFullSpeedAndTorque_CostsTheMost()
    {
        var environment = new Pendulum(-Math.PI, -8);
        Assert.Equal(-16.2736044f, ScalarPlay.Step(ref environment, -2f).Reward, 1e-5f);
    }

    [Fact]
    public void Step_QuarterTurn_FollowsTheEquationByHand()
    {
        // velocity + (15 sin + 3 torque) 0.05 = 1 + (15 + 3) 0.05 = 1.9; angle pi/2 + 1.9 0.05; cost of the state before: (pi/2)^2 + 0.1 + 0.001.
        var environment = new Pendulum(Math.PI / 2, 1);
        var (observation, reward, end) = ScalarPlay.Step(ref environment, 1f);

        Assert.Equal(Math.Cos(Math.PI / 2 + 0.095), observation[0], 1e-7);
        Assert.Equal(Math.Sin(Math.PI / 2 + 0.095), observation[1], 1e-7);
        Assert.Equal(1.9f, observation[2], 1e-6f);
        Assert.Equal(-(Math.PI * Math.PI / 4 + 0.101), reward, 1e-6);
        Assert.Equal(End.Running, end);
    }

    [Fact]
    public void Step_TorqueBeyondTheMotor_IsTheMotorsMaximum()
    {
        var (asked, most) = (new Pendulum(1, 0), new Pendulum(1, 0));
        var (first, second) = (ScalarPlay.Step(ref asked, 50f), ScalarPlay.Step(ref most, 2f));

        Assert.Equal(second.Observation, first.Observation);
        Assert.Equal(second.Reward, first.Reward);
    }

    [Fact]
    public void Step_AnyPush_SpeedStaysBelowEight()
    {
        var environment = new Pendulum(1.5, 7.9);
        Assert.Equal(8f, ScalarPlay.Step(ref environment, 2f).Observation[2]);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(Math.PI, -Math.PI)]
    [InlineData(-Math.PI, -Math.PI)]
    [InlineData(4, 4 - 2 * Math.PI)]
    [InlineData(-4, -4 + 2 * Math.PI)]
    [InlineData(80, 80 - 26 * Math.PI)]
    [InlineData(-80, -80 + 26 * Math.PI)]
    public void Wrap_AnyAngle_IsBetweenMinusPiAndPi(double angle, double expected)
    {
        Assert.Equal(expected, Pendulum.Wrap(angle), 1e-13);
        Assert.InRange(Pendulum.Wrap(angle), -Math.PI, Math.PI);
    }

    [Fact]
    public void Step_RandomTrajectory_EqualsAStraightforwardImplementation()
    {
        var random = SeedTree.Root(3).Start();
        var (angle, velocity) = (2.0, 0.5);
        var environment = new Pendulum(angle, velocity);
        for (var step = 0; step < 2000; step++)
        {
            var action = (float)random.NextUniform(-2.5, 2.5);
            var u = Math.Clamp((double)action, -2, 2);
            var wrapped = Math.Atan2(Math.Sin(angle), Math.Cos(angle));
            var cost = wrapped * wrapped + 0.1 * velocity * velocity + 0.001 * u * u;
            velocity = Math.Clamp(velocity + (15 * Math.Sin(angle) + 3 * u) * 0.05, -8, 8);
            angle += velocity * 0.05;

            var (observation, reward, end) = ScalarPlay.Step(ref environment, action);

            // The pendulum is chaotic: differences of a last bit double about every second of motion, so the copy is brought back in line each step.
            Assert.Equal(Math.Cos(angle), observation[0], 1e-6);
            Assert.Equal(Math.Sin(angle), observation[1], 1e-6);
            Assert.Equal(velocity, observation[2], 1e-5);
            Assert.Equal(-cost, reward, 1e-5);
            Assert.Equal(End.Running, end);
            environment = new(angle, velocity);
        }
    }

    [Fact]
    public void Reset_ManySeeds_CoversTheCircle()
    {
        var environment = default(Pendulum);
        var seen = Enumerable.Range(0, 500).Select(seed => ScalarPlay.Reset(ref environment, seed)).ToArray();

        Assert.All(seen, observation => Assert.InRange(observation[2], -1, 1));
        Assert.Equal(0, seen.Average(observation => observation[0]), 0.15);
        Assert.Equal(0, seen.Average(observation => observation[1]), 0.15);
        Assert.Contains(seen, observation => observation[0] < -0.99);
        Assert.Contains(seen, observation => observation[0] > 0.99);
    }
}
