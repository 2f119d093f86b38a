namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Forecasts a whole load history causally: each forecast uses loads before its step only.</summary>
internal interface IForecaster
{
    /// <summary>Settings by name.</summary>
    IReadOnlyList<KeyValuePair<string, double>> Parameters { get; }

    /// <summary>Forecasts every step of one unbroken segment.</summary>
    /// <param name="loads">The segment's loads.</param>
    /// <param name="stepsPerDay">The season.</param>
    /// <param name="ahead">Steps between the coming step t and the forecast one, t + ahead.</param>
    /// <param name="forecasts">At t: forecast of load t + ahead from loads before t; the same length as <paramref name="loads"/>.</param>
    void Forecast(ReadOnlySpan<double> loads, int stepsPerDay, int ahead, Span<double> forecasts);
}
