using System.Diagnostics;
using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Pilotage.Training;

namespace Pilotage.Bench;

/// <summary>Environment steps per second of whole learners, acting and learning included, one thread; memory of the process.</summary>
public static class LearnerBench
{
    private const int Repetitions = 9;
    private const double RepetitionSeconds = 1;

    /// <summary>PPO on CartPole: 4 environments x 128 steps, 4 epochs x 4 minibatches, two 64-64 tanh networks.</summary>
    /// <returns>Rate, shares of time, and peak memory.</returns>
    public static IReadOnlyList<BenchRow> Ppo()
    {
        var config = new PpoConfig { Steps = 1_000_000_000 };
        var seeds = SeedTree.Root(1);
        return Measure("PPO on CartPole", new Ppo(config, new VectorEnvironment<CartPole>(new CartPole[4], seeds), seeds));
    }

    /// <summary>DQN on CartPole: one environment, one update of 64 per step, 64-64 relu network, double estimate.</summary>
    /// <returns>Rate, shares of time, and peak memory.</returns>
    public static IReadOnlyList<BenchRow> Dqn()
    {
        var config = new DqnConfig { Steps = 1_000_000_000, ExplorationShare = 1e-6 };
        var seeds = SeedTree.Root(1);
        return Measure("DQN on CartPole", new Dqn(config, new VectorEnvironment<CartPole>(new CartPole[1], seeds), seeds));
    }

    private static IReadOnlyList<BenchRow> Measure(string name, ILearner learner)
    {
        Run(learner, 2 * RepetitionSeconds);
        var (rates, before) = (new double[Repetitions], learner.Timing);
        for (var i = 0; i < Repetitions; i++) rates[i] = Run(learner, RepetitionSeconds);
        Array.Sort(rates);
        var after = learner.Timing;
        var (environment, act, learn) = (after.Environment - before.Environment, after.Act - before.Act, after.Learn - before.Learn);
        var all = environment + act + learn;
        return
        [
            new($"{name}, median", rates[Repetitions / 2], "steps/s"), new($"{name}, slowest", rates[0], "steps/s"), new($"{name}, fastest", rates[^1], "steps/s"),
            new($"{name}, share of environment", 100 * environment / all, "%"), new($"{name}, share of acting", 100 * act / all, "%"),
            new($"{name}, share of learning", 100 * learn / all, "%"),
            new($"{name}, peak memory", Process.GetCurrentProcess().PeakWorkingSet64 / 1e6, "MB"),
        ];
    }

    private static double Run(ILearner learner, double seconds)
    {
        var (start, steps) = (Stopwatch.GetTimestamp(), learner.Steps);
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds) learner.Iterate();
        return (learner.Steps - steps) / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
