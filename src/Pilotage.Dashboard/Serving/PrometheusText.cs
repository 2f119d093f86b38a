using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Pilotage.Dashboard.Serving;

/// <summary>Gathers the service's instruments and writes them in the text format of Prometheus, version 0.0.4.</summary>
/// <remarks>Source: prometheus.io/docs/instrumenting/exposition_formats. Written by hand: the exporter of OpenTelemetry has no stable release.</remarks>
internal sealed class PrometheusText : IDisposable
{
    /// <summary>Of the text.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, Family> _families = new();

    public PrometheusText(ServingMetrics metrics)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (metrics.Owns(instrument)) listener.EnableMeasurementEvents(instrument, _families.GetOrAdd(instrument, static one => new(one)));
        };
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, family) => ((Family)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<int>(static (_, value, tags, family) => ((Family)family!).Record(value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, family) => ((Family)family!).Record(value, tags));
        _listener.Start();
    }

    /// <summary>The text as of now.</summary>
    public string Write()
    {
        foreach (var family in _families.Values) family.Forget();
        _listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var family in _families.Values.OrderBy(family => family.Name, StringComparer.Ordinal)) family.Write(text);
        return text.ToString();
    }

    public void Dispose() => _listener.Dispose();

    /// <summary>One instrument with a series for each combination of its tags.</summary>
    private sealed class Family
    {
        private readonly ConcurrentDictionary<string, Series> _series = new();
        private readonly Instrument _instrument;
        private readonly double[] _bounds;
        private readonly string _type;

        public Family(Instrument instrument)
        {
            _instrument = instrument;
            _type = instrument is Counter<long> ? "counter" : instrument is Histogram<double> ? "histogram" : "gauge";
            _bounds = instrument is Histogram<double> histogram ? [.. histogram.Advice?.HistogramBucketBoundaries ?? []] : [];
            Name = instrument.Name.Replace('.', '_') + (instrument.Unit == "s" ? "_seconds" : "") + (_type == "counter" ? "_total" : "");
        }

        public string Name { get; }

        public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var series = _series.GetOrAdd(Labels(tags), static (_, bounds) => new(bounds), _bounds);
            lock (series) series.Record(value, isSet: _type == "gauge");
        }

        /// <summary>Gauges show what is, not what was: a version that is gone must not stay.</summary>
        public void Forget()
        {
            if (_type == "gauge") _series.Clear();
        }

        public void Write(StringBuilder text)
        {
            text.Append(CultureInfo.InvariantCulture, $"# HELP {Name} {_instrument.Description}\n# TYPE {Name} {_type}\n");
            foreach (var (labels, series) in _series.OrderBy(one => one.Key, StringComparer.Ordinal))
                lock (series)
                    if (_type == "histogram") series.WriteBuckets(text, Name, labels);
                    else text.Append(CultureInfo.InvariantCulture, $"{Name}{Braced(labels)} {series.Sum}\n");
        }

        private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            var text = new StringBuilder();
            foreach (var (key, value) in tags)
            {
                var escaped = $"{value}".Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
                text.Append(text.Length > 0 ? "," : "").Append(key).Append("=\"").Append(escaped).Append('"');
            }
            return text.ToString();
        }
    }

    private static string Braced(string labels) => labels.Length == 0 ? "" : $"{{{labels}}}";

    private sealed class Series(double[] bounds)
    {
        private readonly long[] _counts = new long[bounds.Length + 1];
        private long _count;

        public double Sum { get; private set; }

        public void Record(double value, bool isSet)
        {
            Sum = isSet ? value : Sum + value;
            var bucket = 0;
            while (bucket < bounds.Length && value > bounds[bucket]) bucket++;
            _counts[bucket]++;
            _count++;
        }

        public void WriteBuckets(StringBuilder text, string name, string labels)
        {
            var below = 0L;
            var comma = labels.Length == 0 ? "" : ",";
            for (var i = 0; i < bounds.Length; i++)
            {
                below += _counts[i];
                text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{labels}{comma}le=\"{bounds[i]}\"}} {below}\n");
            }
            text.Append(CultureInfo.InvariantCulture, $"{name}_bucket{{{labels}{comma}le=\"+Inf\"}} {_count}\n{name}_sum{Braced(labels)} {Sum}\n{name}_count{Braced(labels)} {_count}\n");
        }
    }
}
