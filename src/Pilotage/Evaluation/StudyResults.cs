using System.Diagnostics.CodeAnalysis;

namespace Pilotage.Evaluation;

/// <summary>All measurements of a study, by arm and seed. Filled by one thread, then read by any number.</summary>
public sealed class StudyResults
{
    private static readonly OrderedDictionary<string, double> Nothing = [];
    private readonly Dictionary<string, SortedDictionary<int, TrialTable>> _arms = [];

    /// <summary>Adds a finished trial.</summary>
    /// <param name="arm">Name of the arm.</param>
    /// <param name="seed">The trial's seed.</param>
    /// <param name="measurements">What it measured.</param>
    /// <exception cref="RunFailedException">A value is not finite.</exception>
    /// <exception cref="InvalidOperationException">A metric was measured twice on one instance.</exception>
    /// <exception cref="ArgumentException">The trial was added before.</exception>
    public void Add(string arm, int seed, IReadOnlyList<Measurement> measurements) => Add(arm, seed, new TrialTable(arm, seed, measurements));

    /// <summary>The values of one metric in one trial, by instance.</summary>
    /// <param name="arm">Name of the arm.</param>
    /// <param name="seed">The trial's seed; any seed for a deterministic arm.</param>
    /// <param name="metric">Name of the metric.</param>
    /// <returns>Values by instance, in the order in which the trial measured them; empty if it measured none.</returns>
    public IReadOnlyDictionary<string, double> Values(string arm, int seed, string metric) =>
        TryFind(arm, seed, out var table) && table.TryGet(metric, out var values) ? values : Nothing;

    /// <summary>The seeds on which an arm ran.</summary>
    /// <param name="arm">Name of the arm.</param>
    /// <returns>Ascending; only seed 0 for a deterministic arm; empty for an unknown one.</returns>
    public IReadOnlyList<int> SeedsOf(string arm) => _arms.TryGetValue(arm, out var trials) ? [.. trials.Keys] : [];

    /// <summary>The metrics that an arm measured.</summary>
    /// <param name="arm">Name of the arm.</param>
    /// <returns>In the order in which its first trial measured them.</returns>
    public IReadOnlyList<string> MetricsOf(string arm) => _arms.TryGetValue(arm, out var trials) ? trials.Values.First().Metrics : [];

    internal void Add(string arm, int seed, TrialTable table)
    {
        if (!_arms.TryGetValue(arm, out var trials)) _arms.Add(arm, trials = []);
        trials.Add(seed, table);
    }

    private bool TryFind(string arm, int seed, [NotNullWhen(true)] out TrialTable? table)
    {
        table = null;
        if (!_arms.TryGetValue(arm, out var trials)) return false;
        // Only an arm with the single trial 0 pairs with every seed; one that lost a seed must not borrow another's.
        return trials.TryGetValue(seed, out table) || trials.Count == 1 && trials.TryGetValue(0, out table);
    }
}
