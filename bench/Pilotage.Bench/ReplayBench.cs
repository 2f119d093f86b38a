using Pilotage.Environments;
using Pilotage.Experience;

namespace Pilotage.Bench;

/// <summary>Transitions per second of processor time, drawn from full replays of a million and copied into the batch; and with telling new priorities. Processor time, since a busy machine would else be measured.</summary>
public static class ReplayBench
{
    private const int Capacity = 1_000_000;
    private const int BatchSize = 256;
    private const int Repetitions = 9;
    private const int Batches = 2_000;

    /// <summary>CartPole's size (4 numbers an observation) and HalfCheetah's (17, and 6 an action).</summary>
    /// <returns>Rates.</returns>
    public static IReadOnlyList<BenchRow> Run()
    {
        var small = new EnvironmentSpec { Name = "Small", ObservationSize = 4, Actions = new ActionSpace.Discrete(2) };
        var large = new EnvironmentSpec { Name = "Large", ObservationSize = 17, Actions = new ActionSpace.Box(new float[6], [1, 1, 1, 1, 1, 1]) };
        return [.. Rows(small, "4 numbers"), .. Rows(large, "17 + 6 numbers")];
    }

    private static IEnumerable<BenchRow> Rows(EnvironmentSpec spec, string size)
    {
        var (uniform, prioritised) = (new Replay(Capacity, spec), new PrioritizedReplay(Capacity, spec, 0.6));
        var random = new Randomness(1);
        Fill(uniform, spec);
        Fill(prioritised, spec);
        var (batch, errors) = (new TransitionBatch(BatchSize, spec), new float[BatchSize]);
        // Priorities as after training: every transition's own, of a long tail.
        for (var start = 0; start < Capacity; start += BatchSize)
        {
            for (var i = 0; i < BatchSize; i++)
            {
                batch.Places[i] = Math.Min(start + i, Capacity - 1);
                errors[i] = (float)Math.Exp(random.NextNormal());
            }
            prioritised.Reprioritize(batch, errors);
        }
        yield return new($"uniform replay, {size}, drawn", Rate(() => uniform.Sample(batch, 0, ref random)), "transitions/s");
        yield return new($"prioritised replay, {size}, drawn", Rate(() => prioritised.Sample(batch, 0.5, ref random)), "transitions/s");
        yield return new($"prioritised replay, {size}, drawn and told", Rate(() =>
        {
            prioritised.Sample(batch, 0.5, ref random);
            prioritised.Reprioritize(batch, errors);
        }), "transitions/s");
    }

    private static void Fill(IReplay replay, EnvironmentSpec spec)
    {
        var (observation, actions) = (new float[spec.ObservationSize], new ActionBatch(spec.Actions, 1));
        for (var i = 0; i < Capacity; i++) replay.Add(observation, actions[0], i, 0.99f, observation, []);
    }

    /// <summary>The median over repetitions.</summary>
    private static double Rate(Action draw)
    {
        for (var i = 0; i < Batches; i++) draw();
        var rates = new double[Repetitions];
        for (var i = 0; i < Repetitions; i++)
        {
            var start = Environment.CpuUsage.TotalTime;
            for (var k = 0; k < Batches; k++) draw();
            rates[i] = (double)Batches * BatchSize / (Environment.CpuUsage.TotalTime - start).TotalSeconds;
        }
        Array.Sort(rates);
        return rates[Repetitions / 2];
    }
}
