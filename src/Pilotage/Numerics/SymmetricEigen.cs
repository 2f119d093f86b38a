namespace Pilotage.Numerics;

/// <summary>Eigenvalues and eigenvectors of symmetric matrices in double: Householder's reduction to tridiagonal form, then the implicit QL algorithm. The same bits on every machine.</summary>
/// <remarks>Source: Bowdler, Martin, Reinsch and Wilkinson, Numerische Mathematik 11 (1968); Martin and Wilkinson, the same volume. O(n^3): 10 ms at n = 100.</remarks>
public static class SymmetricEigen
{
    private const int MostSweeps = 60;                   // an eigenvalue takes two or three

    /// <summary>Decomposes A = V diag(d) V^T.</summary>
    /// <param name="matrix">A, row-major [n, n], symmetric; becomes V, an eigenvector a column.</param>
    /// <param name="values">Receives d, [n], in no particular order.</param>
    /// <returns><see langword="false"/> if it did not settle, as with entries that are not finite.</returns>
    /// <exception cref="ArgumentException">The matrix is not [n, n].</exception>
    public static bool Decompose(Span<double> matrix, Span<double> values)
    {
        var n = values.Length;
        if (matrix.Length != n * n) throw new ArgumentException($"The matrix has {matrix.Length} entries; {n} values need {n * n}.", nameof(matrix));
        foreach (var entry in matrix)
            if (!double.IsFinite(entry)) return false;
        var beside = new double[n];                                          // the tridiagonal form's second diagonal, entry i beside row i
        Reduce(matrix, values, beside);
        return Diagonalise(matrix, values, beside);
    }

    private static void Reduce(Span<double> v, Span<double> d, Span<double> e)
    {
        var n = d.Length;
        for (var i = n - 1; i > 0; i--)
        {
            var (scale, norm) = (0.0, 0.0);
            for (var k = 0; k < i; k++) scale += Math.Abs(v[i * n + k]);
            if (i == 1 || scale == 0)
            {
                e[i] = v[i * n + i - 1];
                d[i] = 0;
                continue;
            }
            for (var k = 0; k < i; k++)
            {
                v[i * n + k] /= scale;                                        // against overflow
                norm += v[i * n + k] * v[i * n + k];
            }
            var last = v[i * n + i - 1];
            var length = last >= 0 ? -Math.Sqrt(norm) : Math.Sqrt(norm);
            e[i] = scale * length;
            norm -= last * length;
            v[i * n + i - 1] = last - length;
            var product = 0.0;
            for (var j = 0; j < i; j++)
            {
                v[j * n + i] = v[i * n + j] / norm;
                var sum = 0.0;
                for (var k = 0; k <= j; k++) sum += v[j * n + k] * v[i * n + k];
                for (var k = j + 1; k < i; k++) sum += v[k * n + j] * v[i * n + k];
                e[j] = sum / norm;
                product += e[j] * v[i * n + j];
            }
            var half = product / (norm + norm);
            for (var j = 0; j < i; j++)
            {
                var reflected = v[i * n + j];
                e[j] -= half * reflected;
                for (var k = 0; k <= j; k++) v[j * n + k] -= reflected * e[k] + e[j] * v[i * n + k];
            }
            d[i] = norm;
        }
        (d[0], e[0]) = (0, 0);
        for (var i = 0; i < n; i++) Accumulate(v, d, i);
    }

    private static void Accumulate(Span<double> v, Span<double> d, int i)
    {
        var n = d.Length;
        if (d[i] != 0)
            for (var j = 0; j < i; j++)
            {
                var sum = 0.0;
                for (var k = 0; k < i; k++) sum += v[i * n + k] * v[k * n + j];
                for (var k = 0; k < i; k++) v[k * n + j] -= sum * v[k * n + i];
            }
        d[i] = v[i * n + i];
        v[i * n + i] = 1;
        for (var j = 0; j < i; j++) (v[j * n + i], v[i * n + j]) = (0, 0);
    }

    private static bool Diagonalise(Span<double> v, Span<double> d, Span<double> e)
    {
        var n = d.Length;
        for (var i = 1; i < n; i++) e[i - 1] = e[i];
        if (n > 0) e[n - 1] = 0;
        for (var l = 0; l < n; l++)
            for (var sweep = 0; ; sweep++)
            {
                var m = l;
                while (m < n - 1 && Math.Abs(e[m]) > Math.ScaleB(1, -52) * (Math.Abs(d[m]) + Math.Abs(d[m + 1]))) m++;
                if (m == l) break;
                if (sweep == MostSweeps) return false;
                Sweep(v, d, e, l, m);
            }
        return true;
    }

    private static void Sweep(Span<double> v, Span<double> d, Span<double> e, int l, int m)
    {
        var n = d.Length;
        var g = (d[l + 1] - d[l]) / (2 * e[l]);
        var r = Hypotenuse(g, 1);
        g = d[m] - d[l] + e[l] / (g + (g >= 0 ? r : -r));                     // the shift
        var (sine, cosine, p) = (1.0, 1.0, 0.0);
        for (var i = m - 1; i >= l; i--)
        {
            var (f, b) = (sine * e[i], cosine * e[i]);
            r = Hypotenuse(f, g);
            e[i + 1] = r;
            if (r == 0)                                                       // the matrix falls apart here
            {
                d[i + 1] -= p;
                e[m] = 0;
                return;
            }
            (sine, cosine) = (f / r, g / r);
            g = d[i + 1] - p;
            r = (d[i] - g) * sine + 2 * cosine * b;
            p = sine * r;
            d[i + 1] = g + p;
            g = cosine * r - b;
            for (var k = 0; k < n; k++)
            {
                var right = v[k * n + i + 1];
                v[k * n + i + 1] = sine * v[k * n + i] + cosine * right;
                v[k * n + i] = cosine * v[k * n + i] - sine * right;
            }
        }
        d[l] -= p;
        e[l] = g;
        e[m] = 0;
    }

    private static double Hypotenuse(double a, double b)
    {
        var (large, small) = (Math.Max(Math.Abs(a), Math.Abs(b)), Math.Min(Math.Abs(a), Math.Abs(b)));
        return large == 0 ? 0 : large * Math.Sqrt(1 + small / large * (small / large));
    }
}
