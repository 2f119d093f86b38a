using System.Diagnostics.Metrics;

namespace Pilotage.Training;

/// <summary>Publishes a run's figures through <see cref="System.Diagnostics.Metrics"/>, for dashboards and OpenTelemetry.</summary>
/// <remarks>
/// The meter is called <c>Pilotage</c>; each metric is a gauge <c>pilotage.train.&lt;metric&gt;</c> with the tag <c>run</c>, plus <c>pilotage.train.step</c>.
/// A listener sees values and not the step that each belongs to, and may sample: the run's own <c>metrics.jsonl</c> is therefore written directly,
/// where each line has its step and can be cut off at a checkpoint. Not thread-safe; one per run.
/// </remarks>
/// <param name="run">Names the run in the tag: its folder's name.</param>
public sealed class TrainingMetrics(string run) : IDisposable
{
    /// <summary>Name of the meter, for subscribing.</summary>
    public const string MeterName = "Pilotage";

    private readonly Meter _meter = new(MeterName);
    private readonly Dictionary<string, Gauge<double>> _gauges = [];
    private readonly KeyValuePair<string, object?> _tag = new("run", run);

    /// <summary>Publishes the figures of one iteration.</summary>
    /// <param name="step">Environment steps so far.</param>
    /// <param name="metrics">By the field's metric names, such as <c>approx_kl</c>.</param>
    public void Publish(long step, IReadOnlyList<KeyValuePair<string, double>> metrics)
    {
        GaugeOf("step").Record(step, _tag);
        foreach (var (name, value) in metrics) GaugeOf(name).Record(value, _tag);
    }

    /// <summary>Ends the instruments; listeners see them go.</summary>
    public void Dispose() => _meter.Dispose();

    private Gauge<double> GaugeOf(string name)
    {
        if (_gauges.TryGetValue(name, out var gauge)) return gauge;
        gauge = _meter.CreateGauge<double>("pilotage.train." + name);
        _gauges.Add(name, gauge);
        return gauge;
    }
}
