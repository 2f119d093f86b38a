using Pilotage.Systems.Control.Bpo;
using Xunit;

namespace Pilotage.Systems.Control.Tests.Bpo.Exact;

public sealed class FermiDiracStepTests
{
    private static readonly double[] Pi = [0.5, 0.3, 0.2], Q = [1, 2, 3];
    private static readonly RatioBand Band = RatioBand.Symmetric(0.2);

    [Fact]
    public void Solve_TemperatureOne_IsTheExampleByHand()
    {
        var ratios = new double[3];
        Assert.Equal(1.678919, FermiDiracStep.Solve(Pi, Q, Band, 1, ratios), 1e-6);
        Assert.Equal([0.934601, 1.031835, 1.115745], ratios, (x, y) => Math.Abs(x - y) < 1e-6);
        Assert.Equal(1.755848, LinearBandStepTests.Value(Pi, Q, ratios), 1e-6);
    }

    [Fact]
    public void Solve_TemperatureOneTenth_IsTheExampleByHand()
    {
        var ratios = new double[3];
        Assert.Equal(1.525714, FermiDiracStep.Solve(Pi, Q, Band, 0.1, ratios), 1e-6);
        Assert.Equal(1.838963, LinearBandStepTests.Value(Pi, Q, ratios), 1e-6);
    }

    [Fact]
    public void Solve_TemperatureToZero_IsTheLinearProgram()
    {
        double[] smooth = new double[2], linear = new double[2];
        FermiDiracStep.Solve([0.6, 0.4], [1, 0], Band, 1e-4, smooth);
        LinearBandStep.Solve([0.6, 0.4], [1, 0], Band, linear);
        Assert.Equal(linear, smooth, (x, y) => Math.Abs(x - y) < 1e-9);                // 1.133333 and 0.8: the atom on the median too
    }

    [Fact]
    public void Penalty_SymmetricBand_HasTheValuesByHand()
    {
        Assert.Equal(-0.643775, FermiDiracStep.Penalty(1, Band), 1e-6);                // 2 epsilon ln epsilon
        Assert.Equal(-0.366516, FermiDiracStep.Penalty(1.2, Band), 1e-6);              // 2 epsilon ln 2 epsilon
        Assert.Equal(-0.366516, FermiDiracStep.Penalty(0.8, Band), 1e-6);
    }

    [Fact]
    public void Solve_RandomStates_NormalisesAndNothingNearbyIsBetter()
    {
        var random = new Randomness(5);
        for (var trial = 0; trial < 200; trial++)
        {
            var actions = 2 + random.NextInt(5);
            var (pi, q, ratios) = (new double[actions], new double[actions], new double[actions]);
            for (var a = 0; a < actions; a++) (pi[a], q[a]) = (0.05 + random.NextDouble(), random.NextNormal());
            var sum = pi.Sum();
            for (var a = 0; a < actions; a++) pi[a] /= sum;
            var band = trial % 2 == 0 ? RatioBand.Symmetric(0.3) : RatioBand.Of(0.5, 3);
            var temperature = Math.Pow(10, random.NextUniform(-2, 1));
            FermiDiracStep.Solve(pi, q, band, temperature, ratios);
            Assert.Equal(1, LinearBandStepTests.Value(pi, Enumerable.Repeat(1.0, actions).ToArray(), ratios), 1e-10);

            double Objective(double[] rho) => Enumerable.Range(0, actions).Sum(a => pi[a] * (rho[a] * q[a] - temperature * FermiDiracStep.Penalty(rho[a], band)));
            var best = Objective(ratios);
            for (var nudge = 0; nudge < 10; nudge++)
            {
                int up = random.NextInt(actions), down = random.NextInt(actions);
                if (up == down) continue;
                var moved = (double[])ratios.Clone();
                var mass = 1e-4 * random.NextDouble();
                (moved[up], moved[down]) = (moved[up] + mass / pi[up], moved[down] - mass / pi[down]);
                if (moved[up] > band.High || moved[down] < band.Low) continue;
                Assert.True(Objective(moved) <= best + 1e-12, $"trial {trial}: {Objective(moved)} above {best}");
            }
        }
    }
}
