using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Xunit;

namespace Pilotage.Tests.Environments.ClassicControl;

public sealed class AcrobotTests
{
    [Fact]
    public void Step_HangingWithoutTorque_StaysAtRest()
    {
        var environment = new Acrobot(0, 0, 0, 0);
        var (observation, reward, end) = ScalarPlay.Step(ref environment, 1);

        float[] rest = [1, 0, 1, 0, 0, 0];
        for (var i = 0; i < 6; i++) Assert.Equal(rest[i], observation[i], 1e-6f);
        Assert.Equal((-1f, End.Running), (reward, end));
    }

    [Fact]
    public void Step_HangingWithTorque_BeginsAsTheEquationSays()
    {
        // Hanging: D1 = 4.5, D2 = 1.75, no gravity terms, so dd2 = 1 / (1.25 - 1.75^2 / 4.5) = 1.75609756 and dd1 = -1.75/4.5 dd2. Over 0.2 s gravity
        // pulls back by a few per cent only.
        var environment = new Acrobot(0, 0, 0, 0);
        var observation = ScalarPlay.Step(ref environment, 2).Observation;

        Assert.Equal(0.2 * 1.75609756, observation[5], 0.02);
        Assert.Equal(-0.2 * 1.75609756 * 1.75 / 4.5, observation[4], 0.02);
        Assert.True(observation[3] > 0);
    }

    [Fact]
    public void Step_TipAboveTheLine_TerminatesWithoutCost()
    {
        var environment = new Acrobot(Math.PI, 0, 0, 0);
        var (_, reward, end) = ScalarPlay.Step(ref environment, 1);

        Assert.Equal((0f, End.Terminated), (reward, end));
    }

    [Fact]
    public void Step_TipJustBelowTheLine_GoesOn()
    {
        var environment = new Acrobot(Math.PI / 2, 0, 0, 0);            // horizontal: height 0, the line is at 1
        Assert.Equal((-1f, End.Running), (ScalarPlay.Step(ref environment, 1) is var (_, reward, end) ? reward : 0, end));
    }

    [Fact]
    public void Step_HugeVelocities_AreClipped()
    {
        var environment = new Acrobot(0, 0, 50, 90);
        var observation = ScalarPlay.Step(ref environment, 1).Observation;

        Assert.Equal(4 * Math.PI, Math.Abs(observation[4]), 1e-5);
        Assert.Equal(9 * Math.PI, Math.Abs(observation[5]), 1e-5);
    }

    [Fact]
    public void Step_RandomStates_EqualAStraightforwardImplementation()
    {
        var random = SeedTree.Root(3).Start();
        for (var trial = 0; trial < 5000; trial++)
        {
            double[] state = [random.NextUniform(-Math.PI, Math.PI), random.NextUniform(-Math.PI, Math.PI), random.NextUniform(-4, 4), random.NextUniform(-6, 6)];
            var action = random.NextInt(3);
            var environment = new Acrobot(state[0], state[1], state[2], state[3]);

            var (observation, reward, end) = ScalarPlay.Step(ref environment, action);

            var next = RungeKutta(state, action - 1);
            double[] expected =
            [
                Math.Cos(next[0]), Math.Sin(next[0]), Math.Cos(next[1]), Math.Sin(next[1]),
                Math.Clamp(next[2], -4 * Math.PI, 4 * Math.PI), Math.Clamp(next[3], -9 * Math.PI, 9 * Math.PI),
            ];
            for (var i = 0; i < 6; i++) Assert.Equal(expected[i], observation[i], 3e-6);         // single precision at magnitude 28
            var height = -Math.Cos(next[0]) - Math.Cos(next[0] + next[1]);
            if (Math.Abs(height - 1) < 1e-9) continue;                                          // which side rounding falls on says nothing
            Assert.Equal(height > 1 ? (0f, End.Terminated) : (-1f, End.Running), (reward, end));
        }
    }

    private static double[] RungeKutta(double[] y, double torque)
    {
        const double h = 0.2;
        var k1 = Rates(y, torque);
        var k2 = Rates([.. y.Select((v, i) => v + h / 2 * k1[i])], torque);
        var k3 = Rates([.. y.Select((v, i) => v + h / 2 * k2[i])], torque);
        var k4 = Rates([.. y.Select((v, i) => v + h * k3[i])], torque);
        return [.. y.Select((v, i) => v + h / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]))];
    }

    // The same equations of motion solved as a 2 x 2 linear system: mass matrix times accelerations equals torques.
    private static double[] Rates(double[] y, double torque)
    {
        const double g = 9.8, centre = 0.5;
        double a = y[0], b = y[1], u = y[2], v = y[3];
        var m11 = 0.25 + 1 + 0.25 + Math.Cos(b) + 2;
        var m12 = 0.25 + 0.5 * Math.Cos(b) + 1;
        var m22 = 0.25 + 1;
        var gravity2 = centre * g * Math.Sin(a + b);
        var gravity1 = (centre + 1) * g * Math.Sin(a) + gravity2;
        var right1 = 0.5 * v * v * Math.Sin(b) + v * u * Math.Sin(b) - gravity1;
        var right2 = torque - 0.5 * u * u * Math.Sin(b) - gravity2;
        var determinant = m11 * m22 - m12 * m12;
        return [u, v, (m22 * right1 - m12 * right2) / determinant, (m11 * right2 - m12 * right1) / determinant];
    }

    [Fact]
    public void Reset_ManySeeds_IsSmallAndSinglePrecision()
    {
        var environment = default(Acrobot);
        for (var seed = 0; seed < 200; seed++)
        {
            var observation = ScalarPlay.Reset(ref environment, seed);
            Assert.InRange(observation[1], -0.1f, 0.1f);
            Assert.InRange(observation[3], -0.1f, 0.1f);
            Assert.InRange(observation[4], -0.1f, 0.1f);
            Assert.InRange(observation[5], -0.1f, 0.1f);
        }
    }
}
