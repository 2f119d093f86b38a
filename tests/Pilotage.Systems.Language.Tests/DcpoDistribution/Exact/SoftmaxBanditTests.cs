using Pilotage.Systems.Language.DcpoDistribution;
using Xunit;

namespace Pilotage.Systems.Language.Tests.DcpoDistribution.Exact;

public sealed class SoftmaxBanditTests
{
    private static SoftmaxBandit Begin(BanditStart start, int draw = 0)
    {
        var random = SeedTree.Root(draw).Start();
        return new(SoftmaxBandit.Draw(start, ref random));
    }

    private static double EntropyAfter(BanditRule rule, BanditStart start, int updates = 10_000, double rate = 5)
    {
        var bandit = Begin(start);
        for (var i = 0; i < updates; i++) bandit.Update(rule, rate);
        return bandit.Entropy;
    }

    [Theory]
    [InlineData(0.5, BanditStart.Above)]
    [InlineData(1.0, BanditStart.Below)]
    [InlineData(1.5, BanditStart.Above)]
    public void Update_Thermostat_EndsAtTheSetPoint(double target, object start) => Assert.Equal(target, EntropyAfter(new(new EntropyThermostat(target)), (BanditStart)start), 0.02);

    [Fact]
    public void Update_GroupsCreditAlone_Collapses() => Assert.InRange(EntropyAfter(new(null), BanditStart.Above), 0, 0.05);

    [Fact]
    public void Update_SharpeningFasterThanTheThermostat_Collapses()
    {
        Assert.InRange(EntropyAfter(new(new EntropyThermostat(1)) { IsPopulation = true }, BanditStart.Below), 0, 0.01);
        Assert.InRange(EntropyAfter(new(new EntropyThermostat(1)), BanditStart.OnOne), 0, 0.01);
        Assert.InRange(EntropyAfter(new(new EntropyThermostat(1)) { UsesRatio = false }, BanditStart.Below), 0, 0.05);
    }

    [Fact]
    public void Update_OfGroupsCredit_IsTheGradientOfItsSurrogate()
    {
        // d/dz of sum pi(a) A(a) with A held: by central differences.
        var random = SeedTree.Root(2).Start();
        var logits = SoftmaxBandit.Draw(BanditStart.Below, ref random);
        var bandit = new SoftmaxBandit(logits);
        var (right, wrong) = ExpectedGroupScores.Of(bandit.CorrectShare, SoftmaxBandit.Group);
        double Surrogate(double[] z)
        {
            var pi = new double[z.Length];
            Simplex.Softmax(z, 1, pi);
            return pi.Select((p, a) => p * (a < SoftmaxBandit.Correct ? right : wrong)).Sum();
        }
        AssertMoves(bandit, new(null), logits, Surrogate);
    }

    [Fact]
    public void Update_OfTheBonus_IsTheGradientOfTheEntropy()
    {
        var random = SeedTree.Root(3).Start();
        var logits = SoftmaxBandit.Draw(BanditStart.Above, ref random);
        double Bonus(double[] z)
        {
            var pi = new double[z.Length];
            Simplex.Softmax(z, 1, pi);
            return 1e6 * Simplex.Entropy(pi);
        }
        AssertMoves(new(logits), new(null) { EntropyWeight = 1e6 }, logits, Bonus, tolerance: 50);          // the group's credit is of order 1 beside 1e6
    }

    private static void AssertMoves(SoftmaxBandit bandit, BanditRule rule, double[] logits, Func<double[], double> objective, double tolerance = 1e-7)
    {
        const double rate = 1e-9;                                          // so small that probabilities after it tell its direction
        var before = bandit.Probabilities.ToArray();
        bandit.Update(rule, rate);
        var moved = bandit.Probabilities.ToArray().Zip(before, (after, p) => (after - p) / p / rate).ToArray();
        double[] gradient = [.. logits.Select((_, a) =>
        {
            const double h = 1e-5;
            double At(double shift) => objective([.. logits.Select((z, b) => b == a ? z + shift : z)]);
            return (At(h) - At(-h)) / (2 * h);
        })];
        var mean = before.Zip(gradient, (p, g) => p * g).Sum();            // d log pi(a) = dz(a) - mean dz
        for (var a = 0; a < logits.Length; a++) Assert.Equal(gradient[a] - mean, moved[a], Math.Max(tolerance, 1e-4));
    }

    [Fact]
    public void Draw_Starts_AreAsTheStudySays()
    {
        Assert.InRange(Begin(BanditStart.Above).Entropy, 2.95, Math.Log(20));
        Assert.InRange(Begin(BanditStart.Below).CorrectShare, 0.99, 1);
        Assert.InRange(Begin(BanditStart.Below).Entropy, 0.01, 0.5);
        Assert.InRange(Begin(BanditStart.OnOne).Probabilities[0], 0.9, 0.97);
    }
}
