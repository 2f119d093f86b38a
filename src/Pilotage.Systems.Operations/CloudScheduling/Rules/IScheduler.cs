namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>Whatever decides in a cluster: a rule, a plan, a learned policy.</summary>
internal interface IScheduler
{
    /// <summary>Forgets the last problem. The simulation has begun the next one.</summary>
    void Begin(ClusterSimulation cluster) { }

    /// <summary>Takes one decision: places one task, or waits.</summary>
    /// <param name="cluster">Due for a decision.</param>
    void Decide(ClusterSimulation cluster);
}
