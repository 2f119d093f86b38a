namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>The load of the same step a day before; in the first day, the last load.</summary>
/// <param name="HalfWidth">Steps to each side over which yesterday's load is averaged; 0 takes the step alone, more smooths its noise.</param>
internal sealed record SeasonalNaive(int HalfWidth) : IForecaster
{
    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Parameters => [new("halfWidth", HalfWidth)];

    /// <inheritdoc/>
    public void Forecast(ReadOnlySpan<double> loads, int stepsPerDay, int ahead, Span<double> forecasts)
    {
        for (var t = 0; t < loads.Length; t++)
        {
            var centre = t + ahead - stepsPerDay;
            var (first, last) = (Math.Max(0, centre - HalfWidth), Math.Min(t - 1, centre + HalfWidth));
            if (centre < 0 || last < first)
            {
                forecasts[t] = loads[Math.Max(0, t - 1)];
                continue;
            }
            var sum = 0.0;
            foreach (var load in loads[first..(last + 1)]) sum += load;
            forecasts[t] = sum / (last - first + 1);
        }
    }
}
