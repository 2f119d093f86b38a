namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Target tracking on the load forecast for the step in which a machine launched now would serve first, and never below the last load's need.</summary>
/// <param name="Forecast">Forecast of the load D steps ahead, by index of the coming step; from <see cref="IForecaster"/>.</param>
/// <param name="Target">u*, in (0, 1].</param>
/// <param name="Patience">As in <see cref="TargetTrackingRule"/>.</param>
/// <param name="ForecastParameters">Name and settings of the forecaster.</param>
internal sealed record PredictiveRule(double[] Forecast, double Target, int Patience, IReadOnlyList<KeyValuePair<string, double>> ForecastParameters) : IScalingRule
{
    /// <inheritdoc/>
    public int MemorySize => 1;

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Parameters => [new("target", Target), new("patience", Patience), .. ForecastParameters];

    /// <inheritdoc/>
    public int Change(in FleetView view, Span<double> memory)
    {
        var wanted = view.MachinesFor(Math.Max(Forecast[view.Row], view.Load()), Target);
        return TargetTrackingRule.Towards(wanted, view.Total, Patience, ref memory[0]);
    }
}
