using Pilotage.Systems.Operations.CloudAutoscaling;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.CloudAutoscaling.Forecasts;

public class ForecastsTests
{
    private static readonly Workload Periodic = Worlds.Of(t => 300 + 200 * Math.Sin(2 * Math.PI * (t % 1440) / 1440) + (t % 1440) % 17, days: 3);

    [Theory, InlineData(1), InlineData(3), InlineData(10)]
    public void SeasonalForecasts_DailyPeriodicLoad_AreExactAfterOneDay(int ahead)
    {
        foreach (var forecaster in new IForecaster[] { new SeasonalNaive(0), new HoltWinters(0.2, 0.01, 0.1) })
        {
            var forecasts = forecaster.ForecastAll(Periodic, ahead);
            for (var t = 1440; t + ahead < Periodic.Loads.Length; t++) Assert.Equal(Periodic.Loads[t + ahead], forecasts[t], 1e-8);
        }
    }

    [Fact]
    public void Forecasts_OfEveryMethod_UseThePastOnly()
    {
        var changed = (double[])Periodic.Loads.Clone();
        for (var t = 2000; t < changed.Length; t++) changed[t] = 900;
        var other = new Workload("other", changed, Periodic.Segments, 60);
        foreach (var forecaster in new IForecaster[] { new SeasonalNaive(5), new HoltWinters(0.2, 0.01, 0.1), new ExponentialAverage(0.3), new Autoregression([5, 0.5, 0.3]) })
        {
            Assert.Equal(forecaster.ForecastAll(Periodic, 3).AsSpan(0, 2001), forecaster.ForecastAll(other, 3).AsSpan(0, 2001));   // at t = 2000 the newest known load is that of 1999
        }
    }

    [Fact]
    public void Autoregression_LinearRecursion_IsRecovered()
    {
        var random = new Randomness(4);
        var loads = new double[2880];
        (loads[0], loads[1]) = (100, 110);
        for (var t = 2; t < loads.Length; t++) loads[t] = 30 + 0.6 * loads[t - 1] + 0.2 * loads[t - 2] + 5 * random.NextNormal();
        var workload = new Workload("ar", loads, [new(0, loads.Length, 0)], 60);
        var fitted = Autoregression.Fit(workload, workload.Days, ahead: 0, order: 2);
        Assert.Equal(0.6, fitted.Coefficients[1], 0.06);                 // standard error about 0.02
        Assert.Equal(0.2, fitted.Coefficients[2], 0.06);
        var forecasts = fitted.ForecastAll(workload, 0);
        Assert.Equal(fitted.Coefficients[0] + fitted.Coefficients[1] * loads[99] + fitted.Coefficients[2] * loads[98], forecasts[100], 9);
    }

    [Fact]
    public void Autoregression_ConstantLoad_ForecastsIt()
    {
        var workload = Worlds.Constant(250, days: 2);
        Assert.All(Autoregression.Fit(workload, workload.Days, 10, 5).ForecastAll(workload, 10), value => Assert.Equal(250, value, 1e-2));
    }

    [Fact]
    public void ExponentialAverage_Step_ApproachesGeometrically()
    {
        var forecasts = new ExponentialAverage(0.5).ForecastAll(Worlds.Of(t => t == 0 ? 0 : 8), 3);
        Assert.Equal([0, 0, 4, 6, 7], forecasts.Take(5));
    }

    [Fact]
    public void Forecasts_AcrossASeam_BeginAnew()
    {
        var workload = new Workload("seam", [.. Enumerable.Repeat(5.0, 1500), .. Enumerable.Repeat(50.0, 1500)], [new(0, 1500, 0), new(1500, 1500, 0)], 60);
        Assert.All(new SeasonalNaive(0).ForecastAll(workload, 3).Skip(1500), value => Assert.Equal(50, value));
    }
}
