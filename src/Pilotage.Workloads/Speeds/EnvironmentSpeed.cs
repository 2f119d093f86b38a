using System.Runtime.CompilerServices;
using Pilotage.Environments;
using Pilotage.Systems;

namespace Pilotage.Workloads.Speeds;

/// <summary>Environments through the vector contract, actions filled by a trivial rule: classic control side by side, MuJoCo tasks one by one.</summary>
public static class EnvironmentSpeed
{
    private const int Calls = 256;
    private const int SlowCalls = 16;

    /// <summary>The cases among the environments that there are.</summary>
    /// <param name="entries">Gives all environments when a case begins; those that the cases name must be among them.</param>
    /// <returns>The group.</returns>
    public static SpeedGroup Of(Func<IReadOnlyList<EnvironmentEntry>> entries)
    {
        return new("environments", "steps of environments, without learning", [
            Case("CartPole-v1", 64) with { IsShort = true },
            Case("HalfCheetah-v4", 1, SlowCalls) with { IsShort = true },
            Case("CartPole-v1", 4),
            Case("CartPole-v1", 1),
            Case("Pendulum-v1", 64),
            Case("Acrobot-v1", 64),
            Case("MountainCar-v0", 64),
            Case("MountainCarContinuous-v0", 64),
            Case("Hopper-v4", 1, SlowCalls),
            Case("Humanoid-v4", 1, SlowCalls),
        ]);

        SpeedCase Case(string name, int rows, int calls = Calls) => new($"{name}{(rows == 1 ? "" : $", {rows} rows")}", "steps/s", _ =>
        {
            var environment = entries().Single(entry => entry.Name == name).Create(rows, SeedTree.Root(1));
            var (batch, drawn) = (new ActionBatch(environment.Spec.Actions, rows), Draw(environment.Spec.Actions, rows * calls));
            return () =>
            {
                Play(environment, batch, drawn, calls);
                return (double)rows * calls;
            };
        });
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Play(IVectorEnvironment environment, ActionBatch batch, float[] drawn, int calls)
    {
        for (var call = 0; call < calls; call++)
        {
            var frames = environment.Frames;
            var indices = batch.Indices;
            // Left or right by one observed number: of CartPole its angle, so that episodes are neither endless nor over at once.
            var (size, seen, last) = (frames.ObservationSize, Math.Min(2, frames.ObservationSize - 1), batch.Space is ActionSpace.Discrete discrete ? discrete.Count - 1 : 0);
            for (var row = 0; row < indices.Length; row++) indices[row] = frames.Observations[row * size + seen] > 0 ? last : 0;
            drawn.AsSpan(call * batch.Values.Length, batch.Values.Length).CopyTo(batch.Values);
            environment.Step(batch);
        }
    }

    // Drawn before anything is timed.
    private static float[] Draw(ActionSpace space, int rows)
    {
        if (space is not ActionSpace.Box box) return [];
        var (values, random) = (new float[rows * space.ValueCount], new Randomness(1));
        for (var i = 0; i < values.Length; i++) values[i] = (float)random.NextUniform(box.Low[i % space.ValueCount], box.High[i % space.ValueCount]);
        return values;
    }
}
