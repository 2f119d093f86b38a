using Pilotage.Numerics;
using Xunit;

namespace Pilotage.Tests.Numerics;

public class SymmetricEigenTests
{
    [Fact]
    public void Decompose_TwoByTwo_GivesTheKnownPair()
    {
        double[] matrix = [2, 1, 1, 2];
        var values = new double[2];
        Assert.True(SymmetricEigen.Decompose(matrix, values));
        Assert.Equal([1, 3], values.Order(), (a, b) => Math.Abs(a - b) < 1e-14);
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(10), InlineData(47)]
    public void Decompose_RandomMatrices_MultiplyBack(int n)
    {
        var random = SeedTree.Root(n).Start();
        var matrix = new double[n * n];
        for (var i = 0; i < n; i++)
            for (var j = 0; j <= i; j++) matrix[i * n + j] = matrix[j * n + i] = random.NextInt(4) == 0 ? 0 : random.NextNormal();
        var (vectors, values) = (matrix.ToArray(), new double[n]);
        Assert.True(SymmetricEigen.Decompose(vectors, values));
        for (var i = 0; i < n; i++)
            for (var j = 0; j < n; j++)
            {
                var (back, unit) = (0.0, 0.0);
                for (var k = 0; k < n; k++)
                {
                    back += vectors[i * n + k] * values[k] * vectors[j * n + k];
                    unit += vectors[k * n + i] * vectors[k * n + j];
                }
                Assert.Equal(matrix[i * n + j], back, 1e-12 * n);
                Assert.Equal(i == j ? 1 : 0, unit, 1e-13 * n);
            }
    }

    [Fact]
    public void Decompose_DiagonalAndZero_AreLeftAsTheyAre()
    {
        var values = new double[3];
        Assert.True(SymmetricEigen.Decompose([5, 0, 0, 0, -2, 0, 0, 0, 1e-9], values));
        Assert.Equal([5, -2, 1e-9], values);
        Assert.True(SymmetricEigen.Decompose(new double[9], values));
        Assert.Equal([0, 0, 0], values);
    }

    [Fact]
    public void Decompose_NotFinite_IsRefused() => Assert.False(SymmetricEigen.Decompose([1, double.NaN, double.NaN, 1], new double[2]));
}
