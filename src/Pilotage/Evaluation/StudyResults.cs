namespace Pilotage.Evaluation;

/// <summary>All measurements of a study, by arm and seed.</summary>
public sealed class StudyResults
{
    private readonly Dictionary<(string Arm, int Seed), IReadOnlyList<Measurement>> _trials = [];

    /// <summary>Adds a finished trial.</summary>
    /// <param name="arm">Name of the arm.</param>
    /// <param name="seed">The trial's seed.</param>
    /// <param name="measurements">What it measured.</param>
    public void Add(string arm, int seed, IReadOnlyList<Measurement> measurements) => _trials.Add((arm, seed), measurements);

    /// <summary>The values of one metric in one trial, by instance.</summary>
    /// <param name="arm">Name of the arm.</param>
    /// <param name="seed">The trial's seed; any seed for a deterministic arm.</param>
    /// <param name="metric">Name of the metric.</param>
    /// <returns>Values by instance; empty if the trial measured none.</returns>
    public IReadOnlyDictionary<string, double> Values(string arm, int seed, string metric)
    {
        if (!_trials.TryGetValue((arm, seed), out var measurements) && !_trials.TryGetValue((arm, 0), out measurements)) return new Dictionary<string, double>();
        return measurements.Where(m => m.Metric == metric).ToDictionary(m => m.Instance, m => m.Value);
    }
}
