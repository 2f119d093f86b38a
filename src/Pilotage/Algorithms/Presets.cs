using Pilotage.Algorithms.Tabular;

namespace Pilotage.Algorithms;

/// <summary>Settings that differ from the defaults for environments whose needs are known. Chosen on validation seeds, never on evaluation seeds.</summary>
internal static class Presets
{
    /// <summary>Settings of PPO for an environment.</summary>
    public static object Ppo(string environment) => environment switch
    {
        // Short episodes of dense cost: a short-sighted discount and long rollouts, as in the widely used tuned settings.
        "Pendulum-v1" => new PpoConfig { Steps = 300_000, EnvironmentCount = 4, Horizon = 1024, Epochs = 10, Minibatches = 64, LearningRate = 1e-3, Discount = 0.9, EntropyWeight = 0 },
        // Short rollouts learned from thoroughly. With the defaults about one seed in four ends with a greedy policy that drifts off the track: the sampled
        // policy it was learned from corrects itself by chance, so the drift was never seen.
        "CartPole-v1" or "CartPole-v0" => new PpoConfig
        {
            EnvironmentCount = 8, Horizon = 32, Epochs = 20, Minibatches = 1, LearningRate = 1e-3, Discount = 0.98, TraceDecay = 0.8, EntropyWeight = 0,
        },
        _ => new PpoConfig(),
    };

    /// <summary>Settings of A2C for an environment.</summary>
    public static object A2c(string environment) => environment switch
    {
        _ => new A2cConfig(),
    };

    /// <summary>Settings of the tabular learners for an environment.</summary>
    public static object Tabular(string environment) => environment switch
    {
        // A value of 0 is hopeful where each step costs 1, so the table explores by itself and little chance is needed.
        "MountainCar-v0" => new TabularConfig { Steps = 1_000_000, Discount = 0.99, InitialExploration = 0.1, FinalExploration = 0.01, GridCells = 20 },
        "CartPole-v1" or "CartPole-v0" => new TabularConfig { Steps = 1_000_000, Discount = 0.99, FinalExploration = 0.01, GridCells = 10 },
        _ => new TabularConfig(),
    };

    /// <summary>Settings of DQN for an environment.</summary>
    public static object Dqn(string environment) => environment switch
    {
        // Five-step targets and a shorter horizon: with one step and 0.99, four seeds in five ended with a policy that forgot half of what it had learned, since once
        // the pole stands, failures vanish from replay and the values of all states drift to the same number.
        "CartPole-v1" or "CartPole-v0" => new DqnConfig
        {
            Steps = 100_000, Capacity = 100_000, LearningRate = 1e-3, AnnealLearningRate = true, TrainPeriod = 256, UpdatesPerPeriod = 256, TargetPeriod = 500,
            BootstrapSteps = 5, Discount = 0.98, ExplorationShare = 0.2, FinalExploration = 0.04,
        },
        _ => new DqnConfig(),
    };

    /// <summary>Settings of SAC for an environment.</summary>
    public static object Sac(string environment) => environment switch
    {
        "Pendulum-v1" => new SacConfig { Steps = 20_000, Capacity = 20_000, LearningStarts = 100, LearningRate = 1e-3 },
        "MountainCarContinuous-v0" => new SacConfig
        {
            Steps = 50_000, Capacity = 50_000, LearningStarts = 1, BatchSize = 512, TrainPeriod = 32, UpdatesPerPeriod = 32, TargetRate = 0.01, Discount = 0.9999,
            AutomaticTemperature = false, Temperature = 0.1, NoiseMemory = 0.9, Hidden = [64, 64],
        },
        _ => new SacConfig(),
    };
}
