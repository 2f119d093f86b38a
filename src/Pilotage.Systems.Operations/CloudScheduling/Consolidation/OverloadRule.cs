namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Consolidation by rule: hosts above a limit are relieved to it, and every host whose virtual machines fit elsewhere is emptied, the least used first.</summary>
/// <param name="kind">How the limit is found.</param>
/// <param name="threshold">The static limit, also that of hosts whose past is too short.</param>
internal sealed class OverloadRule(OverloadKind kind, double threshold) : IHostPolicy
{
    private const double MadSafety = 2.5, IqrSafety = 1.5;   // Beloglazov and Buyya, 2012

    /// <inheritdoc/>
    public void Decide(HostFleet fleet, HostPlan plan)
    {
        plan.Clear(threshold);
        for (var host = 0; host < fleet.HostCount; host++)
        {
            if (!fleet.IsOn(host)) continue;
            plan.Limit[host] = LimitOf(fleet, host);
            if (fleet.Utilisation(host) > plan.Limit[host]) plan.Relief[host] = plan.Limit[host];
            else plan.Evacuate[host] = kind != OverloadKind.Never;
        }
        if (kind == OverloadKind.Never) plan.Relief.AsSpan().Fill(double.NaN);
    }

    private double LimitOf(HostFleet fleet, int host)
    {
        var past = fleet.HistoryOf(host);
        if (kind is OverloadKind.Static or OverloadKind.Never || fleet.Steps < HostFleet.History || past.Contains(0)) return threshold;
        return Math.Clamp(kind == OverloadKind.Mad ? 1 - MadSafety * Mad(past) : 1 - IqrSafety * Iqr(past), 0, 1);
    }

    /// <summary>Median of the distances from the median.</summary>
    public static double Mad(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        var median = Quantile(sorted, 0.5);
        for (var i = 0; i < sorted.Length; i++) sorted[i] = Math.Abs(sorted[i] - median);
        Array.Sort(sorted);
        return Quantile(sorted, 0.5);
    }

    /// <summary>Third quartile less the first.</summary>
    public static double Iqr(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return Quantile(sorted, 0.75) - Quantile(sorted, 0.25);
    }

    private static double Quantile(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        return below + 1 == sorted.Length ? sorted[below] : sorted[below] + (sorted[below + 1] - sorted[below]) * (place - below);
    }
}
