namespace Pilotage.Numerics;

/// <summary>Square linear systems in double by Gaussian elimination with partial pivoting. For systems of hundreds of unknowns; the same bits on every machine.</summary>
public static class LinearSystem
{
    private const double Singular = 1e-12;               // of the largest entry: a pivot this small is rounding

    /// <summary>Solves A x = b in place.</summary>
    /// <param name="matrix">A, row-major [n, n]; overwritten.</param>
    /// <param name="right">b, [n]; becomes x.</param>
    /// <returns><see langword="false"/> if A is singular to working precision; <paramref name="right"/> is then meaningless.</returns>
    /// <exception cref="ArgumentException">The matrix is not [n, n].</exception>
    public static bool Solve(Span<double> matrix, Span<double> right)
    {
        var n = right.Length;
        if (matrix.Length != n * n) throw new ArgumentException($"The matrix has {matrix.Length} entries; {n} unknowns need {n * n}.", nameof(matrix));
        var largest = 0.0;
        foreach (var entry in matrix) largest = Math.Max(largest, Math.Abs(entry));
        for (var column = 0; column < n; column++)
        {
            var pivot = column;
            for (var row = column + 1; row < n; row++)
                if (Math.Abs(matrix[row * n + column]) > Math.Abs(matrix[pivot * n + column])) pivot = row;
            if (!(Math.Abs(matrix[pivot * n + column]) > Singular * largest)) return false;
            if (pivot != column) Exchange(matrix, right, pivot, column);
            var above = matrix.Slice(column * n, n);
            for (var row = column + 1; row < n; row++)
            {
                var line = matrix.Slice(row * n, n);
                var factor = line[column] / above[column];
                if (factor == 0) continue;
                for (var k = column + 1; k < n; k++) line[k] -= factor * above[k];
                right[row] -= factor * right[column];
            }
        }
        for (var row = n - 1; row >= 0; row--)
        {
            var line = matrix.Slice(row * n, n);
            var sum = right[row];
            for (var k = row + 1; k < n; k++) sum -= line[k] * right[k];
            right[row] = sum / line[row];
        }
        return true;
    }

    private static void Exchange(Span<double> matrix, Span<double> right, int a, int b)
    {
        var n = right.Length;
        for (var k = 0; k < n; k++) (matrix[a * n + k], matrix[b * n + k]) = (matrix[b * n + k], matrix[a * n + k]);
        (right[a], right[b]) = (right[b], right[a]);
    }
}
