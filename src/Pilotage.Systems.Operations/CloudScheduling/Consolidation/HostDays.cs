namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Plays days.</summary>
internal static class HostDays
{
    /// <summary>Plays one day.</summary>
    /// <param name="fleet">To be used.</param>
    /// <param name="use">Of each virtual machine.</param>
    /// <param name="policy">Decides.</param>
    public static ConsolidationFigures Run(HostFleet fleet, IReadOnlyList<float[]> use, IHostPolicy policy)
    {
        var plan = new HostPlan(fleet.HostCount);
        fleet.Begin(use);
        while (!fleet.IsOver)
        {
            policy.Decide(fleet, plan);
            fleet.Step(plan);
        }
        return fleet.Figures();
    }
}
