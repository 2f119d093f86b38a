namespace Pilotage.Systems.Governance.Ofs;

/// <summary>Logistic regression with a ridge penalty on all weights but the intercept, fitted by Newton's method in double precision.</summary>
internal sealed class LogisticRegression
{
    private const int MostSteps = 100;
    private readonly double[] _weights;                  // the intercept last

    private LogisticRegression(double[] weights) => _weights = weights;

    /// <summary>Fits the mean of the penalised log-likelihood's maximum.</summary>
    /// <param name="rows">Features of each person, all of the same length.</param>
    /// <param name="goods">Whether the outcome was good.</param>
    /// <param name="penalty">lambda of lambda / 2 |w|², above 0, so that separable classes have finite weights.</param>
    public static LogisticRegression Fit(IReadOnlyList<double[]> rows, IReadOnlyList<bool> goods, double penalty = 1)
    {
        var width = rows[0].Length + 1;
        var (weights, gradient, hessian) = (new double[width], new double[width], new double[width, width]);
        for (var step = 0; step < MostSteps; step++)
        {
            Array.Clear(gradient);
            Array.Clear(hessian);
            for (var i = 0; i < rows.Count; i++)
            {
                var p = Probability(weights, rows[i]);
                var (error, curvature) = ((goods[i] ? 1 : 0) - p, p * (1 - p));
                for (var a = 0; a < width; a++)
                {
                    var x = At(rows[i], a);
                    if (x == 0) continue;
                    gradient[a] += error * x;
                    for (var b = 0; b <= a; b++) hessian[a, b] += curvature * x * At(rows[i], b);
                }
            }
            for (var a = 0; a < width - 1; a++)
            {
                gradient[a] -= penalty * weights[a];
                hessian[a, a] += penalty;
            }
            hessian[width - 1, width - 1] += 1e-9;
            var move = Solve(hessian, gradient);
            for (var a = 0; a < width; a++) weights[a] += move[a];
            if (move.Max(Math.Abs) < 1e-10) break;
        }
        return new(weights);
    }

    /// <summary>Probability of a good outcome.</summary>
    /// <param name="row">Features, as many as were fitted.</param>
    public double Probability(double[] row) => Probability(_weights, row);

    private static double At(double[] row, int a) => a < row.Length ? row[a] : 1;

    private static double Probability(double[] weights, double[] row)
    {
        var z = weights[^1];
        for (var a = 0; a < row.Length; a++) z += weights[a] * row[a];
        return 1 / (1 + Math.Exp(-z));
    }

    // Cholesky of the lower triangle: the penalty makes it positive definite.
    private static double[] Solve(double[,] matrix, double[] right)
    {
        var n = right.Length;
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[i, j];
                for (var k = 0; k < j; k++) sum -= matrix[i, k] * matrix[j, k];
                matrix[i, j] = i == j ? Math.Sqrt(Math.Max(sum, 1e-12)) : sum / matrix[j, j];
            }
        }
        var solution = (double[])right.Clone();
        for (var i = 0; i < n; i++)
        {
            for (var k = 0; k < i; k++) solution[i] -= matrix[i, k] * solution[k];
            solution[i] /= matrix[i, i];
        }
        for (var i = n - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < n; k++) solution[i] -= matrix[k, i] * solution[k];
            solution[i] /= matrix[i, i];
        }
        return solution;
    }
}
