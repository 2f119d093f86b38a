using System.Diagnostics;
using System.Runtime.CompilerServices;
using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;

namespace Pilotage.Bench;

/// <summary>Environment steps per second through the vector contract, one thread, actions filled by a trivial rule.</summary>
public static class EnvironmentBench
{
    // Many repetitions shorter than a scheduler's slice: on a busy machine most of them still run undisturbed, and the median is one of those.
    private const int Repetitions = 401;
    private const double RepetitionSeconds = 0.001;
    private const double WarmUpSeconds = 1;                 // on a busy machine the compiler gets its turn late

    /// <summary>Measures all cases.</summary>
    /// <returns>One row per environment and number of rows.</returns>
    public static IReadOnlyList<BenchRow> Run()
    {
        var seeds = SeedTree.Root(1);
        return
        [
            Measure(new VectorEnvironment<CartPole>(new CartPole[64], seeds), actions: 2),
            Measure(new VectorEnvironment<CartPole>(new CartPole[4], seeds), actions: 2),
            Measure(new VectorEnvironment<CartPole>(new CartPole[1], seeds), actions: 2),
            Measure(new VectorEnvironment<Pendulum>(new Pendulum[64], seeds), actions: 0),
            Measure(new VectorEnvironment<Acrobot>(new Acrobot[64], seeds), actions: 3),
            Measure(new VectorEnvironment<MountainCar>(new MountainCar[64], seeds), actions: 3),
            Measure(new VectorEnvironment<MountainCarContinuous>(new MountainCarContinuous[64], seeds), actions: 0),
        ];
    }

    private static BenchRow Measure(IVectorEnvironment environment, int actions)
    {
        var batch = new ActionBatch(environment.Spec.Actions, environment.Rows);
        var calls = Calibrate(environment, batch, actions);
        var rates = new double[Repetitions];
        for (var i = 0; i < Repetitions; i++)
        {
            var start = Stopwatch.GetTimestamp();
            Play(environment, batch, actions, calls);
            rates[i] = (double)calls * environment.Rows / Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        Array.Sort(rates);
        return new($"{environment.Spec.Name}, {environment.Rows} rows", rates[Repetitions / 2], "steps/s");
    }

    // Plays until everything is compiled for good, then sizes a repetition by the fastest of the last calls.
    private static int Calibrate(IVectorEnvironment environment, ActionBatch batch, int actions)
    {
        const int calls = 256;
        var fastest = double.MaxValue;
        var begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begin).TotalSeconds < WarmUpSeconds)
        {
            var start = Stopwatch.GetTimestamp();
            Play(environment, batch, actions, calls);
            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return (int)(calls * RepetitionSeconds / fastest) + 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Play(IVectorEnvironment environment, ActionBatch batch, int actions, int calls)
    {
        var total = 0.0;
        for (var call = 0; call < calls; call++)
        {
            Fill(environment.Frames, batch, actions);
            total += environment.Step(batch).Rewards[0];
        }
        return total;
    }

    // CartPole leans on its angle, so that episodes are neither endless nor over at once; the others take turns.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Fill(FrameBatch frames, ActionBatch batch, int actions)
    {
        var indices = batch.Indices;
        var size = frames.ObservationSize;
        if (actions == 2) for (var row = 0; row < indices.Length; row++) indices[row] = frames.Observations[row * size + 2] > 0 ? 1 : 0;
        else if (actions > 0) for (var row = 0; row < indices.Length; row++) indices[row] = frames.Observations[row * size] > 0 ? actions - 1 : 0;
        else batch.Values.Fill(0.5f);
    }
}
