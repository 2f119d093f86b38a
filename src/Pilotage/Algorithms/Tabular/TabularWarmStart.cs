using Pilotage.Experience;

namespace Pilotage.Algorithms.Tabular;

/// <summary>A table to begin with, from demonstrations: in each state that was visited, what was done there most often is preferred.</summary>
public static class TabularWarmStart
{
    private const double MarginShare = 0.1;              // of the spread of the states' values

    /// <summary>Fills a table.</summary>
    /// <param name="values">Overwritten where something is known.</param>
    /// <param name="shown">Of one discrete choice.</param>
    /// <param name="discretizer">Gives states.</param>
    /// <param name="discount">gamma, in [0, 1].</param>
    /// <returns>Number of states that were visited.</returns>
    /// <remarks>
    /// A visited state is worth the mean of the returns from it; cut and truncated episodes are taken to go on at the mean reward. The action taken most often there gets that
    /// value, the first of equals, the others a margin less: a tenth of the spread of values, or of their level where there is no spread. States without a visit get the mean
    /// of the visited ones, so that they do not look good merely because rewards are negative.
    /// </remarks>
    /// <exception cref="UserMistakeException">There is no step (PIL1105).</exception>
    public static int Fill(ActionValues values, Demonstrations shown, IDiscretizer discretizer, double discount)
    {
        if (shown.Count == 0) throw new UserMistakeException(new Mistake("PIL1105", $"There are no demonstrated steps of {shown.Spec.Name}; at least 1 is needed.", "", "Record more.").ToString());
        var (returns, final) = (new float[shown.Count], new float[shown.Episodes.Count]);
        var mean = 0.0;
        foreach (var reward in shown.Rewards) mean += reward / (double)shown.Count;
        Array.Fill(final, (float)(mean / (1 - Math.Min(discount, 0.999))));
        shown.ComputeReturns(discount, final, returns);

        var states = new Dictionary<int, Visits>();
        for (var step = 0; step < shown.Count; step++)
        {
            var state = discretizer.StateOf(shown.Observation(step));
            if (!states.TryGetValue(state, out var visits)) states.Add(state, visits = new(values.Actions));
            visits.Return += returns[step];
            visits.Counts[shown.Action(step).Index]++;
        }
        var worth = states.ToDictionary(pair => pair.Key, pair => pair.Value.Return / pair.Value.Counts.Sum());
        var (low, high) = (worth.Values.Min(), worth.Values.Max());
        var margin = MarginShare * (high > low ? high - low : Math.Max(Math.Abs(high), 1));
        values.Fill((float)worth.Values.Average());
        foreach (var (state, visits) in states) values.Prefer(state, visits.Counts.AsSpan().IndexOf(visits.Counts.Max()), (float)worth[state], (float)margin);
        return states.Count;
    }

    private sealed class Visits(int actions)
    {
        public int[] Counts { get; } = new int[actions];

        public double Return { get; set; }
    }
}
