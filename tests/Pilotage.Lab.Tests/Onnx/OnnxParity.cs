using System.Buffers;
using System.Runtime.InteropServices;
using Pilotage.Environments;
using Pilotage.Policies;
using Xunit;

namespace Pilotage.Lab.Tests.Onnx;

/// <summary>Plays a policy and its graph on the same random observations, masks and draws.</summary>
/// <param name="Rows">Rows compared.</param>
/// <param name="Largest">The largest |a - b| / max(1, |a|) of actions, scores and memories.</param>
internal readonly record struct OnnxParity(int Rows, double Largest)
{
    public const double Tolerance = 1e-5;
    private const int Steps = 3;                         // of an episode, so that what is remembered counts

    public static OnnxParity Of(OnnxCase one, OnnxSession session)
    {
        var (rows, largest) = (0, 0.0);
        foreach (var batch in new[] { 1, 3, 64, 200 })
        {
            rows += batch * Steps;
            largest = Math.Max(largest, Play(one, session, batch));
        }
        return new(rows, largest);
    }

    private static double Play(OnnxCase one, OnnxSession session, int rows)
    {
        var largest = 0.0;
        var frames = SeedTree.Root(rows).Branch("frames").Start();
        var draws = SeedTree.Root(rows).Branch("draws").Start();
        var (memory, state) = (one.Policy.CreateMemory(rows), Array.Empty<float>());
        var actions = new ActionBatch(one.Spec.Actions, rows);
        for (var step = 0; step < Steps; step++)
        {
            var observations = Normals(rows * one.Spec.ObservationSize, ref frames);
            if (one.Policy is NormalizedPolicy) for (var i = 0; i < observations.Length; i += one.Spec.ObservationSize) observations[i] = 100 + 3 * observations[i];
            var legal = Masks(one.Spec.Actions, rows, ref frames);
            var same = draws;
            var feeds = new Dictionary<string, Array> { ["observation"] = observations, ["legal"] = legal };
            if (session.Inputs.Contains("uniforms")) feeds["uniforms"] = Uniforms(rows * one.Spec.Actions.IndexCount, ref same);
            if (session.Inputs.Contains("normals")) feeds["normals"] = Normals(rows * one.Spec.Actions.ValueCount, ref same);
            if (session.Inputs.Contains("memory")) feeds["memory"] = step == 0 ? new float[rows * session.ShapeOf("memory")[1]] : state;

            var results = session.Run(rows, feeds);
            one.Policy.Act(new(rows, observations, legal), memory, ref draws, actions);

            Assert.Equal(draws.Counter, same.Counter);                                   // the same numbers were drawn
            if (one.Spec.Actions.IndexCount > 0) Assert.Equal(actions.Indices.ToArray().Select(index => (float)index), results["indices"]);
            if (one.Spec.Actions.ValueCount > 0) largest = Math.Max(largest, Difference(actions.Values, results["values"]));
            if (one.Scores is { } scores) largest = Math.Max(largest, Difference(scores(observations, legal), results.TryGetValue("action_values", out var values) ? values : results["log_probabilities"]));
            if (results.TryGetValue("next_memory", out state!)) largest = Math.Max(largest, Difference(Remembered(memory), state));
        }
        return largest;
    }

    private static double Difference(ReadOnlySpan<float> wanted, ReadOnlySpan<float> got)
    {
        Assert.Equal(wanted.Length, got.Length);
        var largest = 0.0;
        for (var i = 0; i < wanted.Length; i++)
        {
            Assert.True(float.IsFinite(got[i]), "not finite");
            largest = Math.Max(largest, Math.Abs((double)wanted[i] - got[i]) / Math.Max(1, Math.Abs(wanted[i])));
        }
        return largest;
    }

    // The actor's state is what an actor alone remembers: its saved form is a length, the numbers, and the length 0 of the critic's.
    private static float[] Remembered(PolicyMemory memory)
    {
        var saved = new ArrayBufferWriter<byte>();
        memory.Save(saved);
        return MemoryMarshal.Cast<byte, float>(saved.WrittenSpan[sizeof(long)..^sizeof(long)]).ToArray();
    }

    private static float[] Normals(int count, ref Randomness random)
    {
        var values = new float[count];
        foreach (ref var value in values.AsSpan()) value = (float)random.NextNormal();
        return values;
    }

    private static float[] Uniforms(int count, ref Randomness random)
    {
        var values = new float[count];
        foreach (ref var value in values.AsSpan()) value = random.NextSingle();
        return values;
    }

    // Half of the actions are illegal, and in each choice one is always legal.
    private static bool[] Masks(ActionSpace space, int rows, ref Randomness random)
    {
        if (space.LegalCount == 0) return [];
        int[] counts = space switch { ActionSpace.Discrete one => [one.Count], ActionSpace.MultiDiscrete many => [.. many.Counts], ActionSpace.Composite both => [.. both.Choices.Counts], _ => [] };
        var legal = new List<bool>();
        for (var row = 0; row < rows; row++)
            foreach (var count in counts)
            {
                var always = random.NextInt(count);
                for (var i = 0; i < count; i++) legal.Add(random.NextInt(2) == 0 || i == always);
            }
        return [.. legal];
    }
}
