using System.Diagnostics;
using Pilotage.Algorithms;
using Pilotage.Tensors;
using Pilotage.Tensors.Kernels;
using Pilotage.Training;
using Pilotage.Workloads.Speeds;

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
        return Measure("PPO on CartPole", LearnerSpeed.Ppo(Device.Managed));
    }

    /// <summary>DQN on CartPole: one environment, one update of 64 per step, 64-64 relu network, double estimate.</summary>
    /// <returns>Rate, shares of time, and peak memory.</returns>
    public static IReadOnlyList<BenchRow> Dqn()
    {
        return Measure("DQN on CartPole", LearnerSpeed.Dqn(Device.Managed));
    }

    /// <summary>SAC on Pendulum: one environment, one update of 256 per step, actor and twin critics of 256-256; by turns with the matrix product whose rate is the peak.</summary>
    /// <param name="threads">Threads inside a product.</param>
    /// <returns>Rate, updates, the update's share of the peak, shares of time, and peak memory.</returns>
    public static unsafe IReadOnlyList<BenchRow> Sac(int threads)
    {
        var sac = LearnerSpeed.Sac(Device.Processor(threads));
        var rows = Measure($"SAC on Pendulum, {threads} thread{(threads == 1 ? "" : "s")}", sac);

        const int Side = 256;
        var (a, b, c) = (new AlignedBuffer(Side * Side), new AlignedBuffer(Side * Side), new AlignedBuffer(Side * Side));
        a.Memory.Span.Fill(0.5f);
        b.Memory.Span.Fill(0.25f);
        using var scratch = new Arena();
        void Product() => LinearLayer.Forward(a.Start, b.Start, null, c.Start, Side, Side, Side, scratch);
        for (var i = 0; i < 1_000; i++) Product();
        var shares = new double[Repetitions];
        // A row's multiply-adds: 2 target critics; 2 critics forward and 4 back; the actor twice forward and 2 back; 2 critics forward and 2 back to their input.
        const double CriticAdds = 4 * 256 + 256 * 256 + 256, ActorAdds = 3 * 256 + 256 * 256 + 2 * 256;
        var flops = 2.0 * new SacConfig().BatchSize * (12 * CriticAdds + 4 * ActorAdds);
        for (var i = 0; i < Repetitions; i++)
        {
            var (learned, steps) = (sac.Timing.Learn, sac.Steps);
            sac.Iterate();
            var rate = flops * (sac.Steps - steps) / (sac.Timing.Learn - learned);
            var start = Stopwatch.GetTimestamp();
            for (var k = 0; k < 2_000; k++) Product();
            shares[i] = rate / (2_000 * 2.0 * Side * Side * Side / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        Array.Sort(shares);
        return [.. rows, new("SAC on Pendulum, updates per step", 1, ""), new($"SAC update, share of the peak of {Side}x{Side}x{Side} on one thread", 100 * shares[Repetitions / 2], "%")];
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
