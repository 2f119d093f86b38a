namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Autoregression: the load ahead as a fixed linear function of the last p loads, fitted for that distance on training days by least squares.</summary>
/// <param name="Coefficients">Intercept, then the weight of each lag from 1 to p.</param>
internal sealed record Autoregression(double[] Coefficients) : IForecaster
{
    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Parameters =>
        [new("intercept", Coefficients[0]), .. Coefficients.Skip(1).Select((weight, lag) => new KeyValuePair<string, double>($"lag{lag + 1}", weight))];

    /// <summary>Fits the coefficients for a distance, with a ridge of one part in a million of the mean square so that a constant load can be fitted too.</summary>
    /// <param name="workload">The loads.</param>
    /// <param name="training">Training days; the only ones that are read.</param>
    /// <param name="ahead">Steps ahead of the coming step.</param>
    /// <param name="order">p, at least 1.</param>
    public static Autoregression Fit(Workload workload, IReadOnlyList<WorkloadDay> training, int ahead, int order)
    {
        var size = order + 1;
        var (moments, target, inputs) = (new double[size, size], new double[size], new double[size]);
        inputs[0] = 1;
        foreach (var day in training)
            for (var t = day.Start + order; t + ahead < day.Start + workload.StepsPerDay; t++)
            {
                for (var lag = 1; lag <= order; lag++) inputs[lag] = workload.Loads[t - lag];
                for (var i = 0; i < size; i++)
                {
                    for (var j = 0; j <= i; j++) moments[i, j] += inputs[i] * inputs[j];
                    target[i] += inputs[i] * workload.Loads[t + ahead];
                }
            }
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < i; j++) moments[j, i] = moments[i, j];
            moments[i, i] = moments[i, i] * (1 + 1e-6) + 1e-9;
        }
        return new(Solve(moments, target));
    }

    /// <inheritdoc/>
    public void Forecast(ReadOnlySpan<double> loads, int stepsPerDay, int ahead, Span<double> forecasts)
    {
        for (var t = 0; t < loads.Length; t++)
        {
            var sum = Coefficients[0];
            for (var lag = 1; lag < Coefficients.Length; lag++) sum += Coefficients[lag] * loads[Math.Max(0, t - Math.Min(lag, t))];
            forecasts[t] = sum;
        }
    }

    // Cholesky: the matrix is symmetric and, with the ridge, positive definite.
    private static double[] Solve(double[,] matrix, double[] right)
    {
        var size = right.Length;
        for (var i = 0; i < size; i++)
            for (var j = 0; j <= i; j++)
            {
                var sum = matrix[i, j];
                for (var k = 0; k < j; k++) sum -= matrix[i, k] * matrix[j, k];
                matrix[i, j] = i == j ? Math.Sqrt(sum) : sum / matrix[j, j];
            }
        var solution = (double[])right.Clone();
        for (var i = 0; i < size; i++)
        {
            for (var k = 0; k < i; k++) solution[i] -= matrix[i, k] * solution[k];
            solution[i] /= matrix[i, i];
        }
        for (var i = size - 1; i >= 0; i--)
        {
            for (var k = i + 1; k < size; k++) solution[i] -= matrix[k, i] * solution[k];
            solution[i] /= matrix[i, i];
        }
        return solution;
    }
}
