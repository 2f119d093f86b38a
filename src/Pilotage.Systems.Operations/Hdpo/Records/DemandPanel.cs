namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>Recorded demand of several series over the same periods, each in units of its own mean: products differ in size, not in kind.</summary>
/// <param name="Names">Of each series.</param>
/// <param name="Groups">What series belong together, of each series: one product in many stores. Groups are what counts as independent.</param>
/// <param name="Values">Demand over <see cref="Units"/>, [series, periods].</param>
/// <param name="Units">What 1 means in each series: its mean over the periods that are learned from.</param>
/// <param name="Periods">Length of every series.</param>
/// <param name="Calendar">Share of a year to Christmas, of each period; empty where periods have no date.</param>
internal sealed record DemandPanel(IReadOnlyList<string> Names, IReadOnlyList<string> Groups, float[] Values, float[] Units, int Periods, float[] Calendar)
{
    /// <summary>Number of series.</summary>
    public int Count => Names.Count;

    /// <summary>Makes a panel of raw demand: returns (below 0) become 0 unless they are kept, and series that hardly sold while there was something to learn are left out.</summary>
    /// <param name="names">Of each series.</param>
    /// <param name="groups">Of each series.</param>
    /// <param name="raw">Demand in units, [series, periods].</param>
    /// <param name="periods">Length of every series.</param>
    /// <param name="learned">How many first periods are learned from.</param>
    /// <param name="calendar">Of each period, or empty.</param>
    /// <param name="keepsReturns">Whether demand below 0 stays as it is.</param>
    /// <returns>The panel, how many returns were set to 0, how many series were left out.</returns>
    public static (DemandPanel Panel, int Returns, int LeftOut) Of(
        IReadOnlyList<string> names, IReadOnlyList<string> groups, float[] raw, int periods, int learned, float[] calendar, bool keepsReturns = false)
    {
        var (kept, units, values, returns) = (new List<int>(), new List<float>(), new List<float>(), 0);
        for (var i = 0; i < names.Count; i++)
        {
            var series = raw.AsSpan(i * periods, periods);
            var (sum, selling) = (0.0, 0);
            for (var t = 0; t < learned; t++)
            {
                sum += Math.Max(0, series[t]);
                if (series[t] > 0) selling++;
            }
            if (2 * selling < learned) continue;
            kept.Add(i);
            units.Add((float)(sum / learned));
            foreach (var value in series)
            {
                if (value < 0 && !keepsReturns) returns++;
                values.Add((keepsReturns ? value : Math.Max(0, value)) / units[^1]);
            }
        }
        return (new([.. kept.Select(i => names[i])], [.. kept.Select(i => groups[i])], [.. values], [.. units], periods, calendar), returns, names.Count - kept.Count);
    }

    /// <summary>A stretch of periods as scenarios of one store.</summary>
    /// <param name="network">One store with lost sales, its lead time the longest of the terms.</param>
    /// <param name="terms">Of each series.</param>
    /// <param name="first">First period that is simulated; the <paramref name="past"/> before it are known.</param>
    /// <param name="length">Periods that are simulated.</param>
    /// <param name="past">Periods before the first that policies may look at.</param>
    /// <param name="seeds">Draws first states: a uniform share of the mean demand in each slot up to the lead time.</param>
    public ScenarioSet Scenarios(InventoryNetwork network, ScenarioTerms terms, int first, int length, int past, SeedTree seeds)
    {
        var (demand, initial) = (new float[Count * (past + length)], new float[Count * network.Width]);
        for (var i = 0; i < Count; i++)
        {
            Values.AsSpan(i * Periods + first - past, past + length).CopyTo(demand.AsSpan(i * (past + length)));
            var random = seeds.Branch(i).Start();
            for (var slot = 0; slot < terms.LeadTimes[i]; slot++) initial[i * network.Width + slot] = random.NextSingle();
        }
        return new(network, demand, initial, length, past) { Terms = terms, Calendar = Calendar.Length == 0 ? [] : Calendar[(first - past)..(first + length)] };
    }

    /// <summary>A stretch of periods cut into windows that overlap by half, each a scenario: many short paths instead of few long ones. For panels without dates.</summary>
    /// <param name="network">As above.</param>
    /// <param name="terms">Of each series.</param>
    /// <param name="first">First period of the stretch.</param>
    /// <param name="length">Periods of the stretch.</param>
    /// <param name="window">Longest window.</param>
    /// <param name="past">Periods before a window that policies may look at.</param>
    /// <param name="seeds">Draws first states.</param>
    public ScenarioSet Windows(InventoryNetwork network, ScenarioTerms terms, int first, int length, int window, int past, SeedTree seeds)
    {
        if (length <= window) return Scenarios(network, terms, first, length, past, seeds);
        var starts = new List<int>();
        for (var start = first; start + window <= first + length; start += window / 2) starts.Add(start);
        if (starts[^1] + window < first + length) starts.Add(first + length - window);
        var parts = starts.Select((start, i) => Scenarios(network, terms, start, window, past, seeds.Branch(i))).ToList();
        T[] Repeated<T>(T[] values) => [.. starts.SelectMany(_ => values)];
        return new(network, [.. parts.SelectMany(part => part.Demand)], [.. parts.SelectMany(part => part.Initial)], window, past)
        {
            Terms = new(Repeated(terms.HoldingCosts), Repeated(terms.ShortageCosts), Repeated(terms.LeadTimes)),
        };
    }
}
