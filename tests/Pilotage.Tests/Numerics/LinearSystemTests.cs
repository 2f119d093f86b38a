using Pilotage.Numerics;
using Xunit;

namespace Pilotage.Tests.Numerics;

public class LinearSystemTests
{
    [Fact]
    public void Solve_WorkedExample_NeedsAPivot()
    {
        double[] right = [5, 6, 2];
        Assert.True(LinearSystem.Solve([0, 1, 1, 2, 0, 1, 1, -1, 1], right));        // its first diagonal entry is 0
        Assert.Equal(5, right[1] + right[2], 1e-12);
        Assert.Equal(6, 2 * right[0] + right[2], 1e-12);
        Assert.Equal(2, right[0] - right[1] + right[2], 1e-12);
    }

    [Fact]
    public void Solve_RandomSystems_ReturnTheChosenUnknowns()
    {
        var random = SeedTree.Root(3).Start();
        for (var n = 1; n <= 40; n += 3)
        {
            var (matrix, unknowns, right) = (new double[n * n], new double[n], new double[n]);
            foreach (ref var entry in matrix.AsSpan()) entry = random.NextNormal();
            foreach (ref var unknown in unknowns.AsSpan()) unknown = random.NextNormal();
            for (var row = 0; row < n; row++)
                for (var column = 0; column < n; column++) right[row] += matrix[row * n + column] * unknowns[column];
            Assert.True(LinearSystem.Solve(matrix, right));
            Assert.Equal(unknowns, right, (a, b) => Math.Abs(a - b) < 1e-8);
        }
    }

    [Fact]
    public void Solve_DependentRows_IsSaidToBeSingular() => Assert.False(LinearSystem.Solve([1, 2, 2, 4], new double[] { 1, 2 }));
}
