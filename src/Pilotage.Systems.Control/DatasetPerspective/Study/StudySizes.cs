using Pilotage.Algorithms;
using Pilotage.Evaluation;

namespace Pilotage.Systems.Control.DatasetPerspective;

/// <summary>The settings at each scale. What a user set stays at laptop scale; smoke shrinks it further, paper takes the paper's.</summary>
internal static class StudySizes
{
    private const int SmokeTransitions = 1_000;
    private const int SmokeSteps = 400;

    public static DatasetPerspectiveConfig At(Scale scale, DatasetPerspectiveConfig config) => scale switch
    {
        Scale.Smoke => config with
        {
            Environments = [.. config.Environments.Take(1)],
            Algorithms = [.. new[] { "bc", "dqn", "cql" }.Intersect(config.Algorithms) is { } few && few.Any() ? few : config.Algorithms.Take(3)],
            Transitions = Math.Min(config.Transitions, SmokeTransitions),
            EvaluationEpisodes = Math.Min(config.EvaluationEpisodes, 4),
            Offline = config.Offline with { Steps = Math.Min(config.Offline.Steps, SmokeSteps) },
            CartPole = Small(config.CartPole),
            MountainCar = Small(config.MountainCar),
            Other = Small(config.Other),
        },
        Scale.Paper => config with
        {
            Environments = [.. config.Environments.Union(["MiniGrid-Dynamic-Obstacles-8x8-v0", "MinAtar/Breakout-v1", "MinAtar/SpaceInvaders-v1"])],
            Transitions = 100_000,
            Offline = config.Offline with { Steps = 500_000, Hidden = [256, 256, 256], LearningRate = 1e-4, Quantiles = 50, Heads = 200 },
            CartPole = Online(0.95),
            MountainCar = Online(0.99),
            Other = Online(0.95),
        },
        _ => config,
    };

    private static DqnConfig Small(DqnConfig config) => config with { Steps = Math.Min(config.Steps, 2_000), LearningStarts = Math.Min(config.LearningStarts, 500) };

    // The paper's online learner: as the offline ones, with batches of 32 and one update a step.
    private static DqnConfig Online(double discount) => new()
    {
        Steps = 100_000, Capacity = 50_000, BatchSize = 32, LearningStarts = 32, TargetPeriod = 100, LearningRate = 1e-4, Discount = discount, Hidden = [256, 256, 256], Activation = Tensors.Activation.Selu,
        ExplorationShare = 0.01, FinalExploration = 0.01,
    };
}
