using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Experience.Datasets;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Tests.Experience.Datasets;

public sealed class CoverageTests
{
    [Fact]
    public void Of_OnePairAgainstFifty_IsOneFiftieth()
    {
        var reference = Logs.Of([.. Enumerable.Range(0, 50).Select(i => ((float)i, i % 3))]);
        var coverage = new Coverage(reference, CoverageBins.Exact);
        var repeated = Logs.Of([.. Enumerable.Repeat((4f, 1), 200)]);
        Assert.Equal(50, coverage.ReferencePairs);
        Assert.Equal(1, coverage.Of(reference));
        Assert.Equal(1, coverage.LogOf(reference));
        Assert.Equal(0.02, coverage.Of(repeated));
        Assert.Equal(0, coverage.LogOf(repeated));
        Assert.Equal(0.5, new Coverage(Logs.Of((1, 0), (1, 1), (2, 0), (2, 2)), CoverageBins.Exact).LogOf(Logs.Of((1, 0), (9, 0), (1, 0))), 15);
    }

    [Fact]
    public void Of_EveryRowTwice_StaysAsItWas()
    {
        (float, int)[] pairs = [(1, 0), (1, 1), (2, 0), (2, 0)];
        var coverage = new Coverage(Logs.Of((1, 0), (1, 1), (2, 0), (3, 0)), CoverageBins.Exact);
        Assert.Equal(0.75, coverage.Of(Logs.Of(pairs)));
        Assert.Equal(0.75, coverage.Of(Logs.Of([.. pairs, .. pairs])));
        Assert.Equal(coverage.Entropy(Logs.Of(pairs)), coverage.Entropy(Logs.Of([.. pairs, .. pairs])), 15);
    }

    [Fact]
    public void Entropy_EvenAndUneven_IsBelowTheLogarithmOfTheirNumber()
    {
        var even = Logs.Of((1, 0), (1, 0), (2, 0), (2, 0), (3, 0), (3, 0), (4, 0), (4, 0));
        var coverage = new Coverage(even, CoverageBins.Exact);
        Assert.Equal(Math.Log(4), coverage.Entropy(even), 15);
        Assert.Equal(4, coverage.Unique(even));
        Assert.Equal(1.754765, Math.Exp(coverage.Entropy(Logs.Of((1, 0), (1, 0), (1, 0), (2, 0)))), 6);
        Assert.Equal(0, coverage.Entropy(Logs.Of((1, 0), (1, 0))));
    }

    // Edges 0, 1, 2, 3, 4: what is below, between two edges, and from the last one on.
    [Theory, InlineData(0, 0.9f, true), InlineData(0.9f, 1, false), InlineData(1, 1.99f, true), InlineData(3.99f, 4, false), InlineData(4, 1e9f, true), InlineData(-1e-6f, 0, false), InlineData(-9, -0.1f, true)]
    public void Unique_UniformBins_AreClosedBelowAndOpenAbove(float one, float other, bool same)
    {
        var coverage = new Coverage(Logs.Of((0, 0), (4, 0)), CoverageBins.Uniform(5));
        Assert.Equal(same ? 1 : 2, coverage.Unique(Logs.Of((one, 0), (other, 0))));
        Assert.Equal(2, coverage.Unique(Logs.Of((one, 0), (one, 1))));                     // actions are never put together
    }

    [Fact]
    public void Unique_EdgesOfAHundred_AgreeWithEdgesOneByOne()
    {
        var (low, high) = (-0.07f, 0.3f);
        var coverage = new Coverage(Logs.Of((low, 0), (high, 0)), CoverageBins.Uniform());
        double[] edges = [.. Enumerable.Range(0, 100).Select(i => i == 99 ? high : low + i * (((double)high - low) / 99))];
        var random = SeedTree.Root(3).Start();
        var values = new float[2000];
        foreach (ref var value in values.AsSpan()) value = (float)random.NextUniform(-0.1, 0.33);
        for (var i = 0; i < 100; i++) (values[2 * i], values[2 * i + 1]) = ((float)edges[i], MathF.BitDecrement((float)edges[i]));
        var expected = values.Select(value => edges.Count(edge => edge <= value)).Distinct().Count();
        Assert.Equal(expected, coverage.Unique(Logs.Of([.. values.Select(value => (value, 0))])));
    }

    [Fact]
    public void Unique_ConstantAxisAndSignedZeros_CountOnce()
    {
        Assert.Equal(1, new Coverage(Logs.Of((5, 0), (5, 0)), CoverageBins.Uniform()).ReferencePairs);
        Assert.Equal(1, new Coverage(Logs.Of((0f, 0), (-0f, 0)), CoverageBins.Exact).ReferencePairs);
    }

    [Fact]
    public void Unique_RealActions_AreBinnedByTheReferencesRange()
    {
        var spec = new EnvironmentSpec { Name = "Slope", ObservationSize = 1, Actions = new ActionSpace.Box([-1], [1]) };
        var reference = Of(-1, 1);
        Assert.Equal(2, new Coverage(reference, CoverageBins.Uniform(3)).Unique(Of(-0.9f, -0.1f, 0.1f)));
        Assert.Equal(3, new Coverage(reference, CoverageBins.Exact).Unique(Of(-0.9f, -0.1f, 0.1f)));

        TransitionDataset Of(params float[] actions)
        {
            var steps = new Demonstrations(spec);
            steps.Add([.. actions.Select(_ => 7f)], [], [], actions, [.. actions], End.Terminated, [7], []);
            return new(steps, new());
        }
    }

    [Fact]
    public void TrajectoryQuality_References_AreZeroAndOne()
    {
        Assert.Equal((0, 1, 0.4), (TrajectoryQuality.Of(20, 20, 120), TrajectoryQuality.Of(120, 20, 120), TrajectoryQuality.Of(60, 20, 120)));
        Assert.Equal((-0.1, 1.3), (TrajectoryQuality.Of(10, 20, 120), TrajectoryQuality.Of(150, 20, 120)));   // never clipped
        Assert.Equal(0.25, TrajectoryQuality.Of(-175, -200, -100));
    }

    [Fact]
    public void TrajectoryQuality_EqualReferences_AreToldWithBothReturns() =>
        Snapshot.Matches(Assert.Throws<UserMistakeException>(() => TrajectoryQuality.Of(12.5, 20, 20)).Message, "equal_references");
}
