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
        // policy it was learned from corrects itself by chance, so the drift was never seen. With five times the steps one seed in thirteen came to that again.
        "CartPole-v1" or "CartPole-v0" => new PpoConfig
        {
            Steps = 100_000, EnvironmentCount = 8, Horizon = 32, Epochs = 20, Minibatches = 1, LearningRate = 1e-3, Discount = 0.98, TraceDecay = 0.8, EntropyWeight = 0,
        },
        // The memory tasks, as a policy without memory would learn them best: CartPole's settings, normalised as the recurrent one's are.
        "CartPoleMaskedVelocity-v1" or "FlickeringCartPole-v1" => new PpoConfig
        {
            EnvironmentCount = 8, Horizon = 32, Epochs = 20, Minibatches = 1, LearningRate = 1e-3, Discount = 0.98, TraceDecay = 0.8, EntropyWeight = 0,
            NormalizeObservations = true, NormalizeRewards = true,
        },
        // The widely used tuned settings.
        "Acrobot-v1" => new PpoConfig
        {
            Steps = 1_000_000, EnvironmentCount = 16, Horizon = 256, Epochs = 4, Minibatches = 64, LearningRate = 3e-4, AnnealLearningRate = false, TraceDecay = 0.94, EntropyWeight = 0,
            NormalizeObservations = true, NormalizeRewards = true,
        },
        "MountainCar-v0" => new PpoConfig
        {
            Steps = 1_000_000, EnvironmentCount = 16, Horizon = 16, Epochs = 4, Minibatches = 4, LearningRate = 3e-4, AnnealLearningRate = false, TraceDecay = 0.98, EntropyWeight = 0,
            NormalizeObservations = true, NormalizeRewards = true,
        },
        // Five times the steps of the widely used tuned settings, which explore by noise that depends on the state: without it one seed in four saw the goal too seldom in 20,000.
        "MountainCarContinuous-v0" => new PpoConfig
        {
            Steps = 100_000, EnvironmentCount = 4, Horizon = 256, Epochs = 10, Minibatches = 8, LearningRate = 3e-4, EntropyWeight = 0, NormalizeObservations = true, NormalizeRewards = true,
        },
        // CleanRL's for all of MuJoCo (ppo_continuous_action, "The 37 implementation details of PPO", 2022): one row, long rollouts, normalised observations and rewards. Its deviation
        // begins at 1 in the environment's unit; the box of the pendulum is three times as wide as the others'.
        "InvertedPendulum-v4" or "InvertedPendulum-v5" => Mujoco with { Steps = 100_352, InitialDeviation = 1.0 / 3 },
        "Hopper-v4" or "Hopper-v5" or "HalfCheetah-v4" or "HalfCheetah-v5" or "Walker2d-v4" or "Walker2d-v5" => Mujoco,
        _ => new PpoConfig(),
    };

    private static PpoConfig Mujoco => new()
    {
        Steps = 1_001_472, EnvironmentCount = 1, Horizon = 2048, Epochs = 10, Minibatches = 32, LearningRate = 3e-4, EntropyWeight = 0, NormalizeObservations = true, NormalizeRewards = true,
    };

    /// <summary>Settings of A2C for an environment: the widely used tuned settings but for what the comments say.</summary>
    public static object A2c(string environment) => environment switch
    {
        // Falling step size: with a constant one, one seed in seven lost at the end what it had learned.
        "CartPole-v1" or "CartPole-v0" => new A2cConfig { AnnealLearningRate = true },
        // A short-sighted discount and raw observations in place of exploration that depends on the state.
        "Pendulum-v1" => new A2cConfig { Steps = 1_000_000, Horizon = 8, TraceDecay = 0.9, AnnealLearningRate = true, Discount = 0.9, NormalizeRewards = true },
        "Acrobot-v1" => new A2cConfig { Steps = 500_000, EnvironmentCount = 16, NormalizeObservations = true, NormalizeRewards = true },
        "MountainCar-v0" => new A2cConfig { Steps = 1_000_000, EnvironmentCount = 16, NormalizeObservations = true, NormalizeRewards = true },
        "MountainCarContinuous-v0" => new A2cConfig { Steps = 100_000, EnvironmentCount = 4, Horizon = 100, NormalizeObservations = true, NormalizeRewards = true },
        _ => new A2cConfig(),
    };

    /// <summary>Settings of the importance-weighted actor-learner for an environment: much like those of A2C, so that the two can be compared.</summary>
    public static object Impala(string environment) => environment switch
    {
        "Pendulum-v1" => new ImpalaConfig { Steps = 1_000_000, Horizon = 8, TraceDecay = 0.9, Discount = 0.9, EntropyWeight = 0 },
        "Acrobot-v1" => new ImpalaConfig { Steps = 500_000, Horizon = 5, NormalizeObservations = true },
        "MountainCar-v0" => new ImpalaConfig { Steps = 1_000_000, Horizon = 5, EntropyWeight = 0, NormalizeObservations = true },
        "MountainCarContinuous-v0" => new ImpalaConfig { Steps = 100_000, EnvironmentCount = 4, Horizon = 100, EntropyWeight = 0, NormalizeObservations = true },
        _ => new ImpalaConfig(),
    };

    /// <summary>Settings of PPO with a memory for an environment.</summary>
    public static object RecurrentPpo(string environment) => environment switch
    {
        // The discount and trace of CartPole's other settings.
        "CartPoleMaskedVelocity-v1" or "FlickeringCartPole-v1" => new RecurrentPpoConfig { Discount = 0.98, TraceDecay = 0.8, NormalizeObservations = true },
        _ => new RecurrentPpoConfig(),
    };

    /// <summary>Settings of REINFORCE for an environment.</summary>
    public static object Reinforce(string environment) => environment switch
    {
        // Twice the steps of the others: most are spent before the first episodes end by themselves.
        "Acrobot-v1" => new ReinforceConfig { Steps = 1_000_000, EnvironmentCount = 16, EpisodesPerUpdate = 16, NormalizeObservations = true },
        "MountainCar-v0" => new ReinforceConfig { Steps = 1_000_000, EnvironmentCount = 16, EpisodesPerUpdate = 16, NormalizeObservations = true },
        "MountainCarContinuous-v0" => new ReinforceConfig { Steps = 300_000, EnvironmentCount = 4, EpisodesPerUpdate = 4, NormalizeObservations = true },
        _ => new ReinforceConfig(),
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
        "Acrobot-v1" => new DqnConfig
        {
            Steps = 100_000, Capacity = 50_000, BatchSize = 128, LearningRate = 6.3e-4, TrainPeriod = 4, UpdatesPerPeriod = 4, TargetPeriod = 250,
            ExplorationShare = 0.12, FinalExploration = 0.1, Hidden = [256, 256],
        },
        "MountainCar-v0" => new DqnConfig
        {
            Steps = 120_000, Capacity = 10_000, BatchSize = 128, LearningRate = 4e-3, TrainPeriod = 16, UpdatesPerPeriod = 8, TargetPeriod = 300, Discount = 0.98,
            AnnealLearningRate = true, ExplorationShare = 0.2, FinalExploration = 0.07, Hidden = [256, 256],
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
        _ when IsLocomotion(environment) => new SacConfig { Steps = 1_000_000, LearningStarts = 10_000 },
        _ => new SacConfig(),
    };

    /// <summary>Settings of TD3 for an environment.</summary>
    public static object Td3(string environment) => environment switch
    {
        "Pendulum-v1" => new Td3Config { Steps = 20_000, Capacity = 20_000, LearningStarts = 1_000, LearningRate = 1e-3 },
        // Noise that lasts, as wide as the widely used tuned settings have it: what independent pushes cannot do.
        "MountainCarContinuous-v0" => new Td3Config { Steps = 50_000, Capacity = 50_000, LearningStarts = 1_000, LearningRate = 1e-3, ExplorationNoise = 0.5, NoiseMemory = 0.9 },
        _ when IsLocomotion(environment) => new Td3Config { Steps = 1_000_000, LearningStarts = 10_000 },
        _ => new Td3Config(),
    };

    /// <summary>Settings of DDPG for an environment: those of TD3 where it has them.</summary>
    public static object Ddpg(string environment) => environment switch
    {
        "Pendulum-v1" => new DdpgConfig { Steps = 20_000, Capacity = 20_000, LearningStarts = 1_000, ActorLearningRate = 1e-3 },
        "MountainCarContinuous-v0" => new DdpgConfig { Steps = 50_000, Capacity = 50_000, LearningStarts = 1_000, ActorLearningRate = 1e-3, ExplorationNoise = 0.5, NoiseMemory = 0.9 },
        _ when IsLocomotion(environment) => new DdpgConfig { Steps = 1_000_000, LearningStarts = 10_000, LearningRate = 3e-4, ActorLearningRate = 3e-4 },
        _ => new DdpgConfig(),
    };

    /// <summary>Settings of QR-DQN for an environment.</summary>
    public static object QrDqn(string environment) => environment switch
    {
        "CartPole-v1" or "CartPole-v0" => new QrDqnConfig
        {
            Steps = 50_000, Capacity = 100_000, BatchSize = 64, LearningRate = 2.3e-3, TrainPeriod = 256, UpdatesPerPeriod = 128, TargetPeriod = 128,
            ExplorationShare = 0.16, FinalExploration = 0.04, Quantiles = 10, Hidden = [256, 256],
        },
        "Acrobot-v1" => new QrDqnConfig
        {
            Steps = 100_000, Capacity = 50_000, BatchSize = 128, LearningRate = 6.3e-4, TrainPeriod = 4, UpdatesPerPeriod = 4, TargetPeriod = 250,
            ExplorationShare = 0.12, FinalExploration = 0.1, Quantiles = 25, Hidden = [256, 256],
        },
        "MountainCar-v0" => new QrDqnConfig
        {
            Steps = 120_000, Capacity = 10_000, BatchSize = 128, LearningRate = 4e-3, TrainPeriod = 16, UpdatesPerPeriod = 8, TargetPeriod = 300, Discount = 0.98,
            ExplorationShare = 0.2, FinalExploration = 0.07, Quantiles = 25, Hidden = [256, 256],
        },
        _ => new QrDqnConfig(),
    };

    /// <summary>Tasks of a million steps, in which bodies move; the widely used settings are the same for all of them.</summary>
    private static bool IsLocomotion(string environment) =>
        environment.Split("-v")[0] is "Hopper" or "Walker2d" or "HalfCheetah" or "Ant" or "Humanoid" or "Swimmer";
}
