using Pilotage.Systems.Language.R2vpo;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Systems.Language.Tests.R2vpo.Exact;

public sealed class VarianceStepTests
{
    [Fact]
    public void Solve_BanditWithUnitDeviation_IsTheWorkedExample()
    {
        var bandit = new Bandit([0.5, 0.25, 0.25], [1, -1, -1], 0.04);
        var (lambda, ratios) = Solve(bandit);
        Assert.Equal(2.5, lambda, 1e-12);
        Assert.Equal([1.2, 0.8, 0.8], ratios, Near);
        Assert.Equal(0.2, bandit.Gain(ratios), 1e-12);                                  // sqrt(delta) sigma
    }

    [Fact]
    public void Solve_ValuesWithAMean_AreCentredFirst()
    {
        var bandit = new Bandit([0.2, 0.5, 0.3], [1, 0, 0], 0.04);
        Assert.Equal([0.8, -0.2, -0.2], bandit.Advantages, Near);
        var (lambda, ratios) = Solve(bandit);
        Assert.Equal(1, lambda, 1e-12);
        Assert.Equal([1.4, 0.9, 0.9], ratios, Near);
        Assert.Equal(0.08, bandit.Gain(ratios), 1e-12);
        Assert.Equal(0.0183527, bandit.Divergence(ratios), 1e-7);                       // about delta / 2
    }

    [Fact]
    public void Solve_FormulaWouldBeNegative_DropsTheActionAndUsesUpTheBound()
    {
        // The formula asks for r = 1 - 7 / 5 = -0.4 of the first action. With it at 0 the other has 1 / 0.98, and the bound does not bind.
        var free = new Bandit([0.02, 0.98], [-7, 1.0 / 7], 0.04);
        var (lambda, ratios) = Solve(free);
        Assert.Equal([0, 1 / 0.98], ratios, Near);
        Assert.Equal(0, lambda);
        // Three actions: the worst at 0, the rest as the formula has it on what is left of mass and bound; here by hand: p = 0.9, m = 0.5, s = 0.5, lambda = 0.5 * 0.9 / (2 sqrt(0.35)).
        var bound = new Bandit([0.1, 0.45, 0.45], [-9.0, 0, 1], 0.5);
        (lambda, ratios) = Solve(bound);
        Assert.Equal(0.45 / (2 * Math.Sqrt(0.35)), lambda, 1e-12);
        Assert.Equal([0, 1 / 0.9 - 0.25 / lambda, 1 / 0.9 + 0.25 / lambda], ratios, Near);
        Assert.Equal(0.5, bound.Variance(ratios), 1e-12);
    }

    [Fact]
    public void Solve_BoundThatTheBestActionKeeps_DoesNotBind()
    {
        var (lambda, ratios) = Solve(new([0.6, 0.2, 0.2], [1, 1, 0], 0.3));             // 1 / 0.8 - 1 = 0.25
        Assert.Equal(0, lambda);
        Assert.Equal([1.25, 1.25, 0], ratios, Near);
    }

    [Fact]
    public void Solve_RandomBandits_MeetTheConditionsOfTheOptimum()
    {
        var random = new Randomness(11);
        var (bindings, dropped) = (0, 0);
        for (var i = 0; i < 2000; i++)
        {
            var bandit = Bandit.Draw(ref random);
            var (lambda, ratios) = Solve(bandit);
            Assert.InRange(VarianceStep.OptimalityError(bandit, ratios, lambda), 0, 1e-9);
            if (lambda > 0) bindings++;
            if (lambda > 0 && ratios.Contains(0)) dropped++;
            if (lambda > 0 && !ratios.Contains(0)) Assert.Equal(Math.Sqrt(bandit.Bound), bandit.Gain(ratios), 1e-9);
        }
        Assert.InRange(bindings, 1000, 2000);
        Assert.InRange(dropped, 100, 1900);                                             // both branches are met
    }

    [Fact]
    public void OptimalityError_AnythingElse_IsAboveZero()
    {
        var bandit = new Bandit([0.5, 0.25, 0.25], [1, -1, -1], 0.04);
        Assert.Equal(0, VarianceStep.OptimalityError(bandit, [1.2, 0.8, 0.8], 2.5), 1e-12);
        Assert.True(VarianceStep.OptimalityError(bandit, [1.1, 0.9, 0.9], 2.5) > 0.01); // not far enough
        Assert.True(VarianceStep.OptimalityError(bandit, [1.3, 0.7, 0.7], 2.5) > 0.01); // too far
        Assert.True(VarianceStep.OptimalityError(bandit, [1.2, 0.6, 1], 2.5) > 0.01);   // equal actions, unequal ratios
        Assert.True(VarianceStep.OptimalityError(bandit, [1.2, 0.8, 0.9], 2.5) > 0.01); // no distribution
        Assert.True(VarianceStep.OptimalityError(bandit, [1.2, 0.8, 0.8], 1) > 0.01);   // another multiplier
    }

    [Fact]
    public void SolveThenAscend_FromAnyMultiplier_ConvergesToTheClosedForm()
    {
        var bandit = new Bandit([0.2, 0.5, 0.3], [2.5, 0, 0], 0.04);                    // sigma 1
        foreach (var initial in new[] { 0.0, 1, 20 })
        {
            var (dual, ratios) = (new DualVariable(initial, 0.5, bandit.Bound), new double[3]);
            PrimalDual.SolveThenAscend(bandit, dual, 5000, ratios);
            Assert.Equal(2.5, dual.Value, 1e-6);
            Assert.Equal([1.4, 0.9, 0.9], ratios, Near);
        }
    }

    [Fact]
    public void StepThenAscend_SmallSteps_EndAtTheSamePlace()
    {
        var bandit = new Bandit([0.2, 0.5, 0.3], [2.5, 0, 0], 0.04);
        var (dual, ratios) = (new DualVariable(1, 0.5, bandit.Bound), new double[3]);
        PrimalDual.StepThenAscend(bandit, dual, 0.05, 20_000, ratios);
        Assert.Equal(2.5, dual.Value, 1e-4);
        Assert.Equal(1.4, ratios[0], 1e-4);
    }

    [Fact]
    public void Clip_ItsMaxima_AreFlatAndTheLeastOneIsGiven()
    {
        var bandit = new Bandit([0.2, 0.5, 0.3], [2.5, 0, 0], 0.04);
        var ratios = new double[3];
        ClipStep.Solve(bandit, 0.2, ratios);
        Assert.Equal([1.8, 0.8, 0.8], ratios, Near);                                    // the others must give up 0.2 each, so the first gets 1 + 0.2 x 0.8 / 0.2
        var best = ClipStep.Surrogate(bandit, 0.2, ratios);
        Assert.Equal(best, ClipStep.Surrogate(bandit, 0.2, [5, 0, 0]), 1e-12);          // all mass on the best action counts the same
        Assert.True(ClipStep.Surrogate(bandit, 0.2, [1.4, 0.9, 0.9]) < best);
    }

    [Fact]
    public void Clip_PositiveActionsThatCannotAllRise_TakeAllMassTheBestFirst()
    {
        var ratios = new double[3];
        ClipStep.Solve(new([0.6, 0.3, 0.1], [1, 2, -12], 0.04), 0.2, ratios);
        Assert.Equal([(1 - 0.36) / 0.6, 1.2, 0], ratios, Near);
    }

    [Fact]
    public void Clip_RandomBandits_NoFeasibleRatiosHaveMore()
    {
        var random = new Randomness(12);
        for (var i = 0; i < 300; i++)
        {
            var bandit = Bandit.Draw(ref random);
            var (ratios, other) = (new double[bandit.Count], new double[bandit.Count]);
            ClipStep.Solve(bandit, 0.2, ratios);
            Assert.Equal(1, bandit.Probabilities.Zip(ratios, (p, r) => p * r).Sum(), 1e-9);
            for (var trial = 0; trial < 20; trial++)
            {
                for (var a = 0; a < other.Length; a++) other[a] = Math.Max(0, ratios[a] + random.NextNormal() * 0.3);
                var sum = bandit.Probabilities.Zip(other, (p, r) => p * r).Sum();
                for (var a = 0; a < other.Length; a++) other[a] /= sum;
                Assert.True(ClipStep.Surrogate(bandit, 0.2, other) <= ClipStep.Surrogate(bandit, 0.2, ratios) + 1e-9);
            }
        }
    }

    private static (double Lambda, double[] Ratios) Solve(Bandit bandit)
    {
        var ratios = new double[bandit.Count];
        return (VarianceStep.Solve(bandit, ratios), ratios);
    }

    private static readonly IEqualityComparer<double> Near = EqualityComparer<double>.Create((x, y) => Math.Abs(x - y) < 1e-9, _ => 0);
}
