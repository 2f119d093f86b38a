namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Decides what is done with hosts before each step.</summary>
internal interface IHostPolicy
{
    /// <summary>Fills the plan.</summary>
    void Decide(HostFleet fleet, HostPlan plan);
}
