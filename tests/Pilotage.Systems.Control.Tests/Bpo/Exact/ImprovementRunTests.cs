using Pilotage.Systems.Control.Bpo;
using Xunit;

namespace Pilotage.Systems.Control.Tests.Bpo.Exact;

public sealed class ImprovementRunTests
{
    private const double Radius = 0.3;
    private static readonly RatioBand Band = RatioBand.Symmetric(Radius);

    // Two states; action 0 stays, action 1 goes over. Staying in the second pays 1.
    private static TabularMdp TwoStates() => new(2, 2, 0.5, [1, 0, 0, 1, 0, 1, 1, 0], [0, 0, 1, 0], [1, 0]);

    [Fact]
    public void TabularMdp_TwoStates_HasTheValuesByHand()
    {
        var mdp = TwoStates();
        double[] policy = [0, 1, 1, 0], values = new double[2], q = new double[4], visits = new double[2];        // go over, then stay
        mdp.Evaluate(policy, values);
        Assert.Equal([1, 2], values, LinearBandStepTests.Near);                          // V(2) = 1 / (1 - 0.5), V(1) = 0.5 V(2)
        mdp.ActionValues(values, q);
        Assert.Equal([0.5, 1, 2, 0.5], q, LinearBandStepTests.Near);
        mdp.Visits(policy, visits);
        Assert.Equal([1, 1], visits, LinearBandStepTests.Near);                          // first once, then 0.5 + 0.25 + …
        Assert.Equal(1, mdp.Return(values), 1e-12);
        Assert.Equal(1, mdp.BestReturn(), 1e-12);
    }

    [Fact]
    public void TabularMdp_Drawn_HasVisitsThatSumToTheHorizonAndGiveTheReturn()
    {
        var random = new Randomness(3);
        for (var i = 0; i < 20; i++)
        {
            var mdp = TabularMdp.Draw(ref random);
            var policy = mdp.DrawPolicy(ref random);
            double[] values = new double[mdp.States], visits = new double[mdp.States], q = new double[mdp.States * mdp.Actions];
            mdp.Evaluate(policy, values);
            mdp.Visits(policy, visits);
            Assert.Equal(1 / (1 - mdp.Discount), visits.Sum(), 1e-9);
            mdp.ActionValues(values, q);
            for (var s = 0; s < mdp.States; s++) Assert.Equal(values[s], Enumerable.Range(0, mdp.Actions).Sum(a => policy[s * mdp.Actions + a] * q[s * mdp.Actions + a]), 1e-10);
            Assert.True(mdp.BestReturn() > mdp.Return(values));
        }
    }

    [Fact]
    public void Run_LinearProgram_KeepsTheIdentityTheOrderTheBandAndTheBound()
    {
        for (var i = 0; i < 30; i++)
        {
            var figures = Run(BandSteps.Linear(Band), i);
            Assert.InRange(figures.IdentityError, 0, 1e-9);
            Assert.True(figures.SmallestStep > -1e-10, $"process {i}: {figures.SmallestStep}");
            Assert.Equal(0, figures.OutsideShare);
            Assert.Equal(Radius, figures.LargestMove, 1e-9);
            Assert.True(figures.BoundSlack > -1e-10, $"process {i}: {figures.BoundSlack}");
            Assert.InRange(figures.FinalRegret, -1e-9, figures.EarlyRegret);
        }
    }

    [Fact]
    public void Run_FermiDirac_IsMonotoneAndNeverFarFromTheLinearProgram()
    {
        for (var i = 0; i < 30; i++)
        {
            var figures = Run(BandSteps.FermiDirac(Band, 1e-4), i);
            Assert.True(figures.SmallestStep > -1e-10, $"process {i}: {figures.SmallestStep}");
            Assert.InRange(figures.GapToLinear, -1e-6, 1 + 1e-6);
        }
    }

    [Fact]
    public void Run_MeanTarget_LeavesTheBandAndBreaksTheIdentity()
    {
        var figures = Enumerable.Range(0, 10).Select(i => Run(BandSteps.MeanTarget(Radius), i)).ToList();
        Assert.All(figures, f => Assert.True(f.OutsideShare > 0.1));
        Assert.All(figures, f => Assert.True(f.IdentityError > 1e-6));
    }

    [Fact]
    public void Run_WorseningStep_IsSeen()
    {
        // The mirror image of the right step: every figure that a claim rests on must notice.
        BandStep wrong = (pi, q, ratios) =>
        {
            Span<double> negated = stackalloc double[q.Length];
            for (var a = 0; a < q.Length; a++) negated[a] = -q[a];
            LinearBandStep.Solve(pi, negated, Band, ratios);
        };
        var figures = Run(wrong, 0);
        Assert.True(figures.SmallestStep < -1e-3);
        Assert.True(figures.IdentityError > 1e-3);
    }

    private static ImprovementFigures Run(BandStep step, int process)
    {
        var random = SeedTree.Root(0).Branch("processes").Branch(process).Start();
        return new ImprovementRun(TabularMdp.Draw(ref random), Radius).Run(step, 1e-4, 30, ref random);
    }
}
