using Pilotage.Algorithms;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>The network learners of the study.</summary>
internal static class DeepArms
{
    /// <summary>DQN, double.</summary>
    public static readonly DeepArm Values = new((config, environment, seeds, device) => new Dqn(config.Dqn, environment, seeds, device), config => config.Dqn.Steps, config => config.Dqn.EnvironmentCount);

    /// <summary>PPO.</summary>
    public static readonly DeepArm Proximal = new((config, environment, seeds, device) => new Ppo(config.Ppo, environment, seeds, device), config => config.Ppo.Steps, config => config.Ppo.EnvironmentCount);
}
