using System.Diagnostics.CodeAnalysis;

namespace Pilotage.Evaluation;

/// <summary>One trial's measurements, checked and indexed once: by metric, then by instance, both in the order measured.</summary>
internal sealed class TrialTable
{
    private readonly OrderedDictionary<string, OrderedDictionary<string, double>> _metrics = [];

    public TrialTable(string arm, int seed, IReadOnlyList<Measurement> measurements)
    {
        foreach (var (metric, instance, value) in measurements)
        {
            if (!double.IsFinite(value))
            {
                throw new RunFailedException(
                    FormattableString.Invariant($"Arm '{arm}', seed {seed}: metric '{metric}' on instance '{instance}' is {value}; measurements must be finite.")
                    + " Trials that finished before are kept where the run keeps trials.");
            }
            if (!_metrics.TryGetValue(metric, out var values)) _metrics.Add(metric, values = []);
            if (!values.TryAdd(instance, value))
            {
                throw new InvalidOperationException(FormattableString.Invariant(
                    $"Arm '{arm}', seed {seed} measured '{metric}' twice on instance '{instance}'. Average before reporting, or name the instances apart."));
            }
        }
    }

    public IReadOnlyList<string> Metrics => [.. _metrics.Keys];

    public bool TryGet(string metric, [NotNullWhen(true)] out OrderedDictionary<string, double>? values) => _metrics.TryGetValue(metric, out values);
}
