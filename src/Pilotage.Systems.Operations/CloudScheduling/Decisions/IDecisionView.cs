using Pilotage.Environments;

namespace Pilotage.Systems.Operations.CloudScheduling;

/// <summary>How a learner sees a decision, and what its actions mean. Keeps no state, so that training and use share it.</summary>
internal interface IDecisionView
{
    /// <summary>Sizes of what is seen and of what can be done.</summary>
    EnvironmentSpec Spec { get; }

    /// <summary>Shows a decision.</summary>
    /// <param name="cluster">Due for one.</param>
    /// <param name="frame">To be filled; the mask arrives all true.</param>
    void Show(ClusterSimulation cluster, Frame frame);

    /// <summary>Shows that all jobs have left: nothing follows.</summary>
    /// <param name="frame">To be filled; the mask arrives all true.</param>
    void ShowEnd(Frame frame) => frame.Observation.Clear();

    /// <summary>Does what an action means: places one task or waits.</summary>
    /// <param name="cluster">As shown.</param>
    /// <param name="action">A legal one.</param>
    void Take(ClusterSimulation cluster, int action);
}
