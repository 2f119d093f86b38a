using Pilotage.Experience;

namespace Pilotage.Training;

/// <summary>A learner from rollouts of a fixed length, which workers may collect for it.</summary>
public interface IRolloutLearner : ILearner
{
    /// <summary>Where its rollouts come from.</summary>
    RolloutSource Source { get; }
}
