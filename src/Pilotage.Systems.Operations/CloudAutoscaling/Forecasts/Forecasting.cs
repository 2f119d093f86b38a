namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Forecasts whole workloads, segment by segment: nothing is carried over a seam.</summary>
internal static class Forecasting
{
    /// <summary>Forecasts of every step.</summary>
    /// <param name="forecaster">The method.</param>
    /// <param name="workload">The loads.</param>
    /// <param name="ahead">Steps ahead of the coming step.</param>
    /// <returns>By index of the coming step; finite and at least 0.</returns>
    public static double[] ForecastAll(this IForecaster forecaster, Workload workload, int ahead)
    {
        var forecasts = new double[workload.Loads.Length];
        foreach (var segment in workload.Segments)
        {
            var part = forecasts.AsSpan(segment.Start, segment.Length);
            forecaster.Forecast(workload.Loads.AsSpan(segment.Start, segment.Length), workload.StepsPerDay, ahead, part);
            foreach (ref var value in part) value = Math.Max(0, value);
        }
        return forecasts;
    }
}
