using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Xunit;

namespace Pilotage.Tests.Environments.ClassicControl;

public sealed class CartPoleTests
{
    [Fact]
    public void Step_ZeroStatePushedRight_MovesVelocitiesOnly()
    {
        // By hand: pushed 10/1.1; angular acceleration -9.0909 / (0.5 (4/3 - 0.1/1.1)) = -14.6341463; acceleration 9.0909 + 0.05 14.6341 / 1.1 = 9.7560976.
        var environment = new CartPole(0, 0, 0, 0);
        var (observation, reward, end) = ScalarPlay.Step(ref environment, 1);

        Assert.Equal([0f, (float)(0.02 * 400 / 41), 0f, (float)(-0.02 * 600 / 41)], observation);
        Assert.Equal((1f, End.Running), (reward, end));
    }

    [Fact]
    public void Step_ConstantPushFromZeroState_FailsAtTheNinthStep()
    {
        var environment = new CartPole(0, 0, 0, 0);
        for (var step = 1; step <= 9; step++)
        {
            var (_, reward, end) = ScalarPlay.Step(ref environment, 1);
            Assert.Equal(step < 9 ? End.Running : End.Terminated, end);
            Assert.Equal(1f, reward);                       // the terminating step pays too
        }
    }

    [Theory]
    [InlineData(2.41, 0, End.Terminated)]
    [InlineData(-2.41, 0, End.Terminated)]
    [InlineData(2.39, 0, End.Running)]
    [InlineData(0, 0.2095, End.Terminated)]
    [InlineData(0, -0.2095, End.Terminated)]
    [InlineData(0, 0.2094, End.Running)]
    public void Step_AtTheBorders_Terminates(double position, double angle, End expected)
    {
        var environment = new CartPole(position, 0, angle, 0);          // at rest, so one Euler step leaves positions where they are
        Assert.Equal(expected, ScalarPlay.Step(ref environment, 0).End);
    }

    [Fact]
    public void Step_RandomTrajectories_EqualAStraightforwardImplementation()
    {
        var random = SeedTree.Root(3).Start();
        for (var episode = 0; episode < 200; episode++)
        {
            var state = new double[4];
            for (var i = 0; i < 4; i++) state[i] = random.NextUniform(-0.05, 0.05);
            var environment = new CartPole(state[0], state[1], state[2], state[3]);
            for (var end = End.Running; end == End.Running;)
            {
                var action = random.NextInt(2);
                Advance(state, action);
                (var observation, _, end) = ScalarPlay.Step(ref environment, action);
                for (var i = 0; i < 4; i++) Assert.Equal(state[i], observation[i], 1e-6 * Math.Max(1, Math.Abs(state[i])));
            }
            Assert.True(Math.Abs(state[0]) > 2.4 || Math.Abs(state[2]) > 24 * Math.PI / 360);
        }
    }

    [Fact]
    public void Reset_ManySeeds_FillsTheWholeSmallCube()
    {
        var all = new List<float>();
        var environment = default(CartPole);
        for (var seed = 0; seed < 500; seed++) all.AddRange(ScalarPlay.Reset(ref environment, seed));

        Assert.All(all, value => Assert.InRange(value, -0.05f, 0.05f));
        Assert.Equal(0, all.Average(), 0.003);                          // 4.6 standard errors of 0.1/sqrt(12)/sqrt(2000)
        Assert.Equal(0.1 / Math.Sqrt(12), Math.Sqrt(all.Average(value => value * value)), 0.001);
    }

    private static void Advance(double[] s, int action)
    {
        double g = 9.8, m = 0.1, total = 1.1, l = 0.5, tau = 0.02;
        var f = action == 1 ? 10 : -10;
        var temp = (f + m * l * Math.Pow(s[3], 2) * Math.Sin(s[2])) / total;
        var turn = (g * Math.Sin(s[2]) - Math.Cos(s[2]) * temp) / (l * (4.0 / 3 - m * Math.Pow(Math.Cos(s[2]), 2) / total));
        var push = temp - m * l * turn * Math.Cos(s[2]) / total;
        double[] rates = [s[1], push, s[3], turn];
        for (var i = 0; i < 4; i++) s[i] += tau * rates[i];
    }
}
