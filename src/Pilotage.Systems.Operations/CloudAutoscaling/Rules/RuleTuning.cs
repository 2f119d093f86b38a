namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>Grids of rule parameters, thirty for every family, and the choice of the best on training days.</summary>
internal static class RuleTuning
{
    /// <summary>Every family gets the same budget.</summary>
    public const int Combinations = 30;

    private static readonly double[] Targets = [0.40, 0.45, 0.50, 0.55, 0.60, 0.65, 0.70, 0.75, 0.80, 0.90];     // the default service level allows 0.8
    private static readonly int[] Patiences = [1, 5, 20];

    /// <summary>The best of some rules by mean reward on training days; the first of equals.</summary>
    /// <param name="candidates">At least one.</param>
    /// <param name="trace">Only its training days are run.</param>
    /// <param name="model">The service.</param>
    public static IScalingRule Best(IReadOnlyList<IScalingRule> candidates, StudyTrace trace, ServiceModel model)
    {
        var layout = new ObservationLayout(model.BootSteps, ShowsRow: true);
        return candidates.MaxBy(rule => DayRuns.MeanReward(new ScalingPolicy(rule, model, layout), trace.Workload, trace.Days.Training, model, layout, default))!;
    }

    /// <summary>Static fleets, as evenly over the bounds as thirty allow.</summary>
    public static IReadOnlyList<IScalingRule> Statics(ServiceModel model)
    {
        var (low, high) = (model.Settings.MinimumVms, model.Settings.MaximumVms);
        var count = Math.Min(Combinations, high - low + 1);
        return [.. Enumerable.Range(0, count).Select(i => new StaticRule(count == 1 ? low : low + (int)Math.Round((double)i * (high - low) / (count - 1))))];
    }

    /// <summary>Thresholds: five upper, three lower at a distance, two pauses.</summary>
    public static IReadOnlyList<IScalingRule> Thresholds(int bootSteps) =>
        [.. from up in new[] { 0.5, 0.55, 0.6, 0.65, 0.7 } from distance in new[] { 0.15, 0.25, 0.35 } from pause in new[] { 0, Math.Max(1, bootSteps) } select new ThresholdRule(up, up - distance, Steps: 1, pause)];

    /// <summary>Step scaling: five upper thresholds, three distances, two pauses.</summary>
    public static IReadOnlyList<IScalingRule> StepScalings(int bootSteps) =>
        [.. from up in new[] { 0.5, 0.55, 0.6, 0.65, 0.7 } from distance in new[] { 0.15, 0.25, 0.35 } from pause in new[] { 0, Math.Max(1, bootSteps) } select new StepScalingRule(up, up - distance, Margin: 0.15, pause)];

    /// <summary>Target tracking: ten targets, three patiences.</summary>
    public static IReadOnlyList<IScalingRule> TargetTrackings() => [.. from target in Targets from patience in Patiences select new TargetTrackingRule(target, patience)];

    /// <summary>PID: five targets, three proportional and two integral gains, a fixed small derivative.</summary>
    public static IReadOnlyList<IScalingRule> Pids() =>
        [.. from target in new[] { 0.45, 0.52, 0.59, 0.66, 0.73 } from p in new[] { 0.3, 0.6, 1.0 } from i in new[] { 0, 0.1 } select new PidRule(target, p, i, Derivative: 0.1)];

    /// <summary>Prediction: three settings of one forecaster, ten targets, removal after five steps.</summary>
    /// <param name="forecasters">Three settings of one method.</param>
    /// <param name="workload">The loads; each forecast is causal.</param>
    /// <param name="bootSteps">Distance of the forecast.</param>
    public static IReadOnlyList<IScalingRule> Predictive(IReadOnlyList<IForecaster> forecasters, Workload workload, int bootSteps)
    {
        const int Patience = 5;
        return [.. from forecaster in forecasters let forecast = forecaster.ForecastAll(workload, bootSteps) from target in Targets select new PredictiveRule(forecast, target, Patience, forecaster.Parameters)];
    }

    /// <summary>Three settings of a forecasting method.</summary>
    /// <param name="method">ewma, holt-winters, ar or seasonal-naive.</param>
    /// <param name="trace">Autoregression is fitted on its training days.</param>
    /// <param name="bootSteps">Distance of the forecast.</param>
    public static IReadOnlyList<IForecaster> Forecasters(string method, StudyTrace trace, int bootSteps) => method switch
    {
        "ewma" => [new ExponentialAverage(0.1), new ExponentialAverage(0.3), new ExponentialAverage(0.7)],
        "holt-winters" => [new HoltWinters(0.05, 0.0001, 0.1), new HoltWinters(0.2, 0.0001, 0.1), new HoltWinters(0.2, 0.0001, 0.3)],
        "ar" => [.. new[] { 3, 10, 30 }.Select(order => Autoregression.Fit(trace.Workload, trace.Days.Training, bootSteps, order))],
        "seasonal-naive" => [new SeasonalNaive(0), new SeasonalNaive(5), new SeasonalNaive(15)],
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "ewma, holt-winters, ar or seasonal-naive"),
    };
}
