using System.Diagnostics.Metrics;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Tests.Training;

public sealed class TrainingMetricsTests
{
    [Fact]
    public void Publish_Figures_ReachesASubscriberWithTheRunAsTag()
    {
        var seen = new List<(string Name, double Value, object? Run)>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == TrainingMetrics.MeterName) self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            if (Equals(tags[0].Value, "this-test")) seen.Add((instrument.Name, value, tags[0].Value));
        });
        listener.Start();

        using var metrics = new TrainingMetrics("this-test");
        metrics.Publish(128, [new("approx_kl", 0.01)]);
        metrics.Publish(256, [new("approx_kl", 0.02)]);

        Assert.Equal([("pilotage.train.step", 128, "this-test"), ("pilotage.train.approx_kl", 0.01, "this-test"), ("pilotage.train.step", 256, "this-test"), ("pilotage.train.approx_kl", 0.02, "this-test")], seen);
    }
}
