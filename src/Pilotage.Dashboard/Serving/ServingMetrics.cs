using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Pilotage.Dashboard.Serving;

/// <summary>What the service counts, for whoever listens to the meter <c>Pilotage.Serving</c>: OpenTelemetry, <c>dotnet-counters</c>, and <see cref="PrometheusText"/>.</summary>
internal sealed class ServingMetrics : IDisposable
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "Pilotage.Serving";

    private readonly Meter _meter;
    private readonly Counter<long> _requests;
    private readonly Histogram<double> _duration;

    public ServingMetrics(PolicyDesk desk)
    {
        _meter = new(MeterName, version: null, tags: null, scope: desk);
        _requests = _meter.CreateCounter<long>("pilotage.serving.requests", "{request}", "Requests by protocol, operation and status.");
        _duration = _meter.CreateHistogram("pilotage.serving.duration", "s", "Time from a request's first line to its reply.", tags: null, new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
        });
        _meter.CreateObservableGauge("pilotage.serving.waiting", () => desk.Waiting, "{request}", "Requests that wait for their turn.");
        _meter.CreateObservableGauge("pilotage.serving.policy", () => PolicyNow(desk.Policy), unit: null, "1, with the policy that decides now.");
    }

    /// <summary>Counts a request.</summary>
    public void Count(string protocol, string operation, string status, TimeSpan time)
    {
        _requests.Add(1, new("protocol", protocol), new("operation", operation), new("status", status));
        _duration.Record(time.TotalSeconds, new("protocol", protocol), new KeyValuePair<string, object?>("operation", operation));
    }

    public void Dispose() => _meter.Dispose();

    /// <summary>Whether an instrument belongs to this service, of which a process may hold several.</summary>
    internal bool Owns(Instrument instrument) => ReferenceEquals(instrument.Meter, _meter);

    private static Measurement<int> PolicyNow(IDecider policy) => new(1, new TagList { { "environment", policy.Manifest.Environment.Name }, { "version", policy.Version } });
}
