using Pilotage.Evaluation;
using Pilotage.Evaluation.Statistics;

namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>How many of an arm's runs in one cell said yes.</summary>
/// <param name="Count">Runs that did.</param>
/// <param name="Runs">All runs, at least 1.</param>
internal readonly record struct Rate(int Count, int Runs)
{
    /// <summary>The share.</summary>
    public double Share => (double)Count / Runs;

    /// <summary>Wilson's interval.</summary>
    /// <param name="comparisons">How many intervals hold together, at 95 %.</param>
    public Interval Interval(int comparisons = 1) => Proportion.Wilson(Count, Runs, 0.025 / comparisons);

    /// <summary>Counts an arm's runs.</summary>
    /// <param name="results">All measurements.</param>
    /// <param name="arm">Name of the arm.</param>
    /// <param name="metric">A metric of 0 and 1.</param>
    /// <param name="instance">The cell.</param>
    public static Rate Of(StudyResults results, string arm, string metric, string instance)
    {
        var values = results.SeedsOf(arm).Select(seed => results.Values(arm, seed, metric)[instance]).ToList();
        return new(values.Count(value => value > 0.5), values.Count);
    }

    /// <summary>The rate with its interval as the effect of a claim.</summary>
    public Effect Effect() => new(Share, Interval().Low, Interval().High, Runs, SmallestAttainableP: 0) { Test = FormattableString.Invariant($"{Count} of {Runs} runs; Wilson interval") };
}
