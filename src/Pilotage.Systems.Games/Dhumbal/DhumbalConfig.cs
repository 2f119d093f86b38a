using System.ComponentModel.DataAnnotations;
using Pilotage.Algorithms;
using Pilotage.Settings;
using Pilotage.Tensors;

namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>Settings of the Dhumbal arena: house rules, players that search and learn, how much is played.</summary>
[Settings]
public sealed partial record DhumbalConfig
{
    /// <summary>The rules of the table.</summary>
    public HouseRules Rules { get; init; } = new();

    /// <summary>Players that search.</summary>
    public SearchSettings Search { get; init; } = new();

    /// <summary>Proximal policy optimisation on moves of the fixed catalogue, rewarded with the round's coins. Settings of the house, not tuned on this game.</summary>
    public PpoConfig Ppo { get; init; } = new()
    {
        Steps = 400_000, EnvironmentCount = 32, Horizon = 128, Epochs = 3, Minibatches = 16, LearningRate = 1e-3, Discount = 1, TraceDecay = 0.95, EntropyWeight = 0.005,
        Hidden = [128, 64], Activation = Activation.Relu,
    };

    /// <summary>Deep Q-learning on moves of the fixed catalogue, rewarded with the round's coins.</summary>
    public DqnConfig Dqn { get; init; } = new()
    {
        Steps = 80_000, EnvironmentCount = 8, Capacity = 100_000, BatchSize = 64, LearningStarts = 5_000, TrainPeriod = 2, TargetPeriod = 500, LearningRate = 5e-4, AnnealLearningRate = true, Discount = 1,
        BootstrapSteps = 3, ExplorationShare = 0.4, FinalExploration = 0.03, Hidden = [128, 64],
    };

    /// <summary>The paper's proximal policy optimisation: batch 16, step size 1e-4, five epochs; about 5,000 rounds, where the paper stops before 10,000.</summary>
    public PpoConfig PaperPpo { get; init; } = new()
    {
        Steps = 60_000, EnvironmentCount = 8, Horizon = 32, Epochs = 5, Minibatches = 16, LearningRate = 1e-4, AnnealLearningRate = false, Hidden = [128, 64], Activation = Activation.Relu,
    };

    /// <summary>
    /// The paper's deep Q-learning: batch 32, step size 1e-4, replay of 2000, one update a round, a new target every hundred rounds. A round is about twelve steps. The paper stops between
    /// 1,000 and 50,000 rounds; here after about 5,000.
    /// </summary>
    public DqnConfig PaperDqn { get; init; } = new()
    {
        Steps = 60_000, Capacity = 2_000, BatchSize = 32, LearningStarts = 500, TrainPeriod = 12, TargetPeriod = 100, LearningRate = 1e-4, DoubleQ = false, ExplorationShare = 0.18,
        FinalExploration = 0.01, Hidden = [128, 64],
    };

    /// <summary>Study: deals at each table without a searching player, for each seed; a deal is one round for every rotation.</summary>
    [Range(1, 1_000_000)]
    public int Deals { get; init; } = 60;

    /// <summary>Study: deals at each table with a searching player, for each seed. Six go once through all orders round the table; these tables take most of the time.</summary>
    [Range(1, 1_000_000)]
    public int SearchDeals { get; init; } = 24;

    /// <summary>Study: deals of the four rules alone, for each seed; the paper's rules are played for as many rounds.</summary>
    [Range(1, 1_000_000)]
    public int RuleDeals { get; init; } = 500;

    /// <summary>Apply: deals for each table of contestants.</summary>
    [Range(1, 1_000_000)]
    public int ApplyDeals { get; init; } = 256;

    /// <summary>Apply: what happens when a contestant has less than no coins: continue or stop.</summary>
    public BankruptRule Bankrupt { get; init; } = BankruptRule.Continue;
}
