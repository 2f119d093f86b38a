namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Additive Holt-Winters smoothing with a daily season, updated load by load.</summary>
/// <remarks>
/// level' = a (x - s) + (1 - a)(level + trend); trend' = b (level' - level) + (1 - b) trend; s' = c (x - level') + (1 - c) s.
/// The first day gives the level (its mean) and the seasonals; the trend begins at 0. Until a day has passed, the last load is the forecast.
/// </remarks>
/// <param name="LevelRate">a, in [0, 1].</param>
/// <param name="TrendRate">b, in [0, 1].</param>
/// <param name="SeasonRate">c, in [0, 1].</param>
internal sealed record HoltWinters(double LevelRate, double TrendRate, double SeasonRate) : IForecaster
{
    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Parameters => [new("levelRate", LevelRate), new("trendRate", TrendRate), new("seasonRate", SeasonRate)];

    /// <inheritdoc/>
    public void Forecast(ReadOnlySpan<double> loads, int stepsPerDay, int ahead, Span<double> forecasts)
    {
        var season = new double[stepsPerDay];
        var (level, trend) = (0.0, 0.0);
        for (var t = 0; t < loads.Length; t++)
        {
            if (t < stepsPerDay)
            {
                forecasts[t] = loads[Math.Max(0, t - 1)];
                if (t == stepsPerDay - 1) level = Initialise(loads[..stepsPerDay], season);
                continue;
            }
            forecasts[t] = level + (ahead + 1) * trend + season[(t + ahead) % stepsPerDay];      // the level is that of t - 1
            ref var seasonal = ref season[t % stepsPerDay];
            var next = LevelRate * (loads[t] - seasonal) + (1 - LevelRate) * (level + trend);
            trend = TrendRate * (next - level) + (1 - TrendRate) * trend;
            level = next;
            seasonal = SeasonRate * (loads[t] - level) + (1 - SeasonRate) * seasonal;
        }
    }

    private static double Initialise(ReadOnlySpan<double> firstDay, double[] season)
    {
        var level = 0.0;
        foreach (var load in firstDay) level += load / firstDay.Length;
        for (var i = 0; i < season.Length; i++) season[i] = firstDay[i] - level;
        return level;
    }
}
