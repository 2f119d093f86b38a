namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Exponentially weighted mean of past loads (EWMA); the same forecast for every step ahead.</summary>
/// <param name="Rate">Weight of the newest load, in (0, 1]; 1 repeats it.</param>
internal sealed record ExponentialAverage(double Rate) : IForecaster
{
    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Parameters => [new("rate", Rate)];

    /// <inheritdoc/>
    public void Forecast(ReadOnlySpan<double> loads, int stepsPerDay, int ahead, Span<double> forecasts)
    {
        var mean = loads[0];
        for (var t = 0; t < loads.Length; t++)
        {
            forecasts[t] = mean;
            mean += Rate * (loads[t] - mean);
        }
    }
}
