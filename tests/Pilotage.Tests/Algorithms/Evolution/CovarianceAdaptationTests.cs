using System.Buffers;
using Pilotage.Algorithms.Evolution;
using Xunit;

namespace Pilotage.Tests.Algorithms.Evolution;

public class CovarianceAdaptationTests
{
    private static double Sphere(ReadOnlySpan<double> x)
    {
        var sum = 0.0;
        foreach (var value in x) sum += value * value;
        return sum;
    }

    // Axes of 1 to 1000: condition 10^6.
    private static double Ellipsoid(ReadOnlySpan<double> x)
    {
        var sum = 0.0;
        for (var i = 0; i < x.Length; i++) sum += Math.Pow(1e6, (double)i / (x.Length - 1)) * x[i] * x[i];
        return sum;
    }

    private static double Rosenbrock(ReadOnlySpan<double> x)
    {
        var sum = 0.0;
        for (var i = 0; i + 1 < x.Length; i++) sum += 100 * Math.Pow(x[i + 1] - x[i] * x[i], 2) + Math.Pow(1 - x[i], 2);
        return sum;
    }

    private static double Rastrigin(ReadOnlySpan<double> x)
    {
        var sum = 0.0;
        foreach (var value in x) sum += value * value + 10 * (1 - Math.Cos(2 * Math.PI * value));
        return sum;
    }

    private delegate double Function(ReadOnlySpan<double> x);

    /// <summary>Evaluations until the best candidate costs less than a target; at most a budget.</summary>
    private static int Minimise(CovarianceAdaptation search, Function function, double target, int budget, Func<double, double>? seenAs = null)
    {
        var costs = new double[search.Population];
        for (var evaluations = 0; evaluations < budget;)
        {
            var candidates = search.Ask();
            var best = double.PositiveInfinity;
            for (var k = 0; k < costs.Length; k++)
            {
                costs[k] = function(candidates.Slice(k * search.Parameters, search.Parameters));
                best = Math.Min(best, costs[k]);
                if (seenAs is not null) costs[k] = seenAs(costs[k]);
            }
            evaluations += costs.Length;
            if (best < target) return evaluations;
            search.Tell(costs);
        }
        return budget;
    }

    private static double[] Start(int n, double at) => [.. Enumerable.Repeat(at, n)];

    // The budgets are the tutorial's and the authors' orders of magnitude for n = 10 (sphere 1,700; ellipsoid 5,000-6,500; Rosenbrock 6,000-8,000), with a third to spare.
    [Theory, InlineData("sphere", 2_400), InlineData("ellipsoid", 7_500), InlineData("rosenbrock", 9_000)]
    public void Tell_TestFunctions_Converges(string name, int budget)
    {
        Function function = name switch { "sphere" => Sphere, "ellipsoid" => Ellipsoid, _ => Rosenbrock };
        for (var seed = 0; seed < 5; seed++)
        {
            var search = new CovarianceAdaptation(Start(10, name == "rosenbrock" ? 0 : 1), 0.5, SeedTree.Root(seed));
            Assert.InRange(Minimise(search, function, 1e-9, 20_000), 300, budget);
        }
    }

    [Fact]
    public void Tell_Rastrigin_LargePopulationFindsTheDeepestOfManyValleys()
    {
        var found = 0;
        for (var seed = 0; seed < 5; seed++)
        {
            var search = new CovarianceAdaptation(Start(5, 3), 2, SeedTree.Root(seed), population: 200);
            if (Minimise(search, Rastrigin, 1e-6, 60_000) < 60_000) found++;
        }
        Assert.True(found >= 4, $"{found} of 5");
    }

    [Fact]
    public void Tell_RotatedProblem_TakesAsLongWithTheFullFormAndMuchLongerWithTheDiagonal()
    {
        const int n = 6;
        var rotation = Rotation(n, SeedTree.Root(77));
        double Rotated(ReadOnlySpan<double> x)
        {
            Span<double> turned = stackalloc double[n];
            for (var i = 0; i < n; i++)
                for (var j = 0; j < n; j++) turned[i] += rotation[i * n + j] * x[j];
            return Ellipsoid(turned);
        }
        var (straight, turned, diagonal) = (0, 0, 0);
        for (var seed = 0; seed < 6; seed++)
        {
            straight += Minimise(new(Start(n, 1), 0.5, SeedTree.Root(seed), form: CovarianceForm.Full), Ellipsoid, 1e-9, 30_000);
            turned += Minimise(new(Start(n, 1), 0.5, SeedTree.Root(seed), form: CovarianceForm.Full), Rotated, 1e-9, 30_000);
            diagonal += Minimise(new(Start(n, 1), 0.5, SeedTree.Root(seed), form: CovarianceForm.Diagonal), Rotated, 1e-9, 30_000);
        }
        Assert.InRange((double)turned / straight, 0.8, 1.25);
        Assert.True(diagonal > 2 * turned, $"diagonal {diagonal}, full {turned}");
    }

    [Fact]
    public void Tell_Diagonal_IsFasterOnASeparableProblem()
    {
        var (full, diagonal) = (0, 0);
        for (var seed = 0; seed < 4; seed++)
        {
            full += Minimise(new(Start(20, 1), 0.5, SeedTree.Root(seed), form: CovarianceForm.Full), Ellipsoid, 1e-9, 60_000);
            diagonal += Minimise(new(Start(20, 1), 0.5, SeedTree.Root(seed), form: CovarianceForm.Diagonal), Ellipsoid, 1e-9, 60_000);
        }
        Assert.True(2 * diagonal < full, $"diagonal {diagonal}, full {full}");
    }

    [Fact]
    public void Tell_AnyIncreasingView_GivesTheSameBits()
    {
        var (one, two) = (new CovarianceAdaptation(Start(5, 1), 0.5, SeedTree.Root(3)), new CovarianceAdaptation(Start(5, 1), 0.5, SeedTree.Root(3)));
        Minimise(one, Rosenbrock, -1, 600);
        Minimise(two, Rosenbrock, -1, 600, cost => Math.Sqrt(cost) - 1e3);
        Assert.Equal(one.Mean.ToArray(), two.Mean.ToArray());
        Assert.Equal(one.Deviation, two.Deviation);
    }

    [Theory, InlineData(CovarianceForm.Full), InlineData(CovarianceForm.Diagonal)]
    public void Load_OfASavedState_ContinuesBitForBit(CovarianceForm form)
    {
        CovarianceAdaptation Make() => new(Start(12, 1), 0.5, SeedTree.Root(3), form: form);
        var (whole, resumed) = (Make(), Make());
        Minimise(whole, Ellipsoid, -1, 500);
        var writer = new ArrayBufferWriter<byte>();
        whole.Save(writer);
        Minimise(whole, Ellipsoid, -1, 500);
        var reader = new SequenceReader<byte>(new(writer.WrittenMemory));
        resumed.Load(ref reader);
        Minimise(resumed, Ellipsoid, -1, 500);
        Assert.Equal(0, reader.Remaining);
        Assert.Equal(whole.Mean.ToArray(), resumed.Mean.ToArray());
        Assert.Equal(whole.Generation, resumed.Generation);
    }

    [Fact]
    public void Tell_NaN_IsWorst()
    {
        // Half the plane is NaN; the optimum lies on the border of the other half.
        var search = new CovarianceAdaptation(Start(3, 2), 0.5, SeedTree.Root(1));
        Minimise(search, x => x[0] < 1 ? double.NaN : Sphere(x), 1.000001, 20_000);
        Assert.Equal(1, search.Mean[0], 0.01);
    }

    [Fact]
    public void Constants_DefaultPopulation_AreTheTutorials()
    {
        // By hand from table 1 for n = 10, lambda = 10: ln 5.5 - ln i = 1.7047, 1.0116, 0.6061, 0.3185, 0.0953.
        var constants = new AdaptationConstants(10, 10, isDiagonal: false);
        Assert.Equal(5, constants.Parents);
        Assert.Equal(1.7047 / 3.7362, constants.Weights[0], 1e-4);
        Assert.Equal(1, constants.Weights[..5].Sum(), 1e-12);
        Assert.Equal(3.1673, constants.Mass, 1e-3);
        Assert.Equal((3.1673 + 2) / (10 + 3.1673 + 5), constants.StepDecay, 1e-4);
        Assert.Equal(2 / (11.3 * 11.3 + 3.1673), constants.RankOne, 1e-5);
        Assert.Equal(2 * (0.25 + 3.1673 + 1 / 3.1673 - 2) / (144 + 3.1673), constants.RankMany, 1e-4);
        Assert.True(constants.Weights[9] < constants.Weights[8] && constants.Weights[5] < 0);
    }

    [Fact]
    public void Constructor_ImpossibleNumbers_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new CovarianceAdaptation([], 1, SeedTree.Root(1)));
        Assert.Throws<ArgumentException>(() => new CovarianceAdaptation([double.NaN], 1, SeedTree.Root(1)));
        foreach (var deviation in new[] { 0, -1, double.NaN, double.PositiveInfinity }) Assert.Throws<ArgumentOutOfRangeException>(() => new CovarianceAdaptation([1], deviation, SeedTree.Root(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CovarianceAdaptation([1], 1, SeedTree.Root(1), population: 1));
        Assert.Throws<ArgumentException>(() => new CovarianceAdaptation([1], 1, SeedTree.Root(1)).Tell([1]));
    }

    private static double[] Rotation(int n, SeedTree seeds)
    {
        var random = seeds.Start();
        var rows = new double[n * n];
        foreach (ref var value in rows.AsSpan()) value = random.NextNormal();
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < i; k++)
            {
                var dot = 0.0;
                for (var j = 0; j < n; j++) dot += rows[i * n + j] * rows[k * n + j];
                for (var j = 0; j < n; j++) rows[i * n + j] -= dot * rows[k * n + j];
            }
            var length = Math.Sqrt(Sphere(rows.AsSpan(i * n, n)));
            for (var j = 0; j < n; j++) rows[i * n + j] /= length;
        }
        return rows;
    }
}
