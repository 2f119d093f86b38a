using Pilotage.Algorithms;

namespace Pilotage.Systems.Operations.CloudAutoscaling;

/// <summary>The network learners of the study.</summary>
internal static class DeepArms
{
    /// <summary>DQN, double.</summary>
    public static readonly DeepArm Values = new((config, environment, seeds, device) => new Dqn(config.Dqn, environment, seeds, device), config => config.Dqn.Steps, config => config.Dqn.EnvironmentCount);

    /// <summary>PPO.</summary>
    public static readonly DeepArm Proximal = new((config, environment, seeds, device) => new Ppo(config.Ppo, environment, seeds, device), config => config.Ppo.Steps, config => config.Ppo.EnvironmentCount);

    /// <summary>DQN, double, whose network tells the worth of a state apart from that of an action.</summary>
    public static readonly DeepArm Dueling = Values with { Make = (config, environment, seeds, device) => new Dqn(config.Dqn with { Dueling = true }, environment, seeds, device) };

    /// <summary>A2C.</summary>
    public static readonly DeepArm Advantage = new((config, environment, seeds, device) => new A2c(config.A2c, environment, seeds, device), config => config.A2c.Steps, config => config.A2c.EnvironmentCount);

    /// <summary>SAC on a wanted number of machines.</summary>
    public static readonly DeepArm Targets =
        new((config, environment, seeds, device) => new Sac(config.Sac, environment, seeds, device), config => config.Sac.Steps, config => config.Sac.EnvironmentCount, HasTargets: true);
}
