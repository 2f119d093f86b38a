using Pilotage.Environments.Mujoco;
using Pilotage.Environments.Mujoco.Tasks;
using Xunit;

namespace Pilotage.Environments.Tests.Mujoco;

/// <summary>Every task against the oracle: 1,000 random transitions, with actions beyond the box and whole episodes to their ends.</summary>
public sealed class TransitionTests
{
    private const int Transitions = 1000;
    private const double RelativeError = 1e-6;          // both sides compute in double; the environment's result is rounded to single precision

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void InvertedPendulum_EqualsOracle(int version) => Compare<InvertedPendulum>(version, mostEnds: 400, leastEnds: 50);

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void InvertedDoublePendulum_EqualsOracle(int version) => Compare<InvertedDoublePendulum>(version, mostEnds: 400, leastEnds: 50);

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Reacher_EqualsOracle(int version) => Compare<Reacher>(version, mostEnds: 0, leastEnds: 0);

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Swimmer_EqualsOracle(int version) => Compare<Swimmer>(version, mostEnds: 0, leastEnds: 0);

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Hopper_EqualsOracle(int version) => Compare<Hopper>(version, mostEnds: 100, leastEnds: 10);

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Walker2d_EqualsOracle(int version) => Compare<Walker2d>(version, mostEnds: 100, leastEnds: 10);

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void HalfCheetah_EqualsOracle(int version) => Compare<HalfCheetah>(version, mostEnds: 0, leastEnds: 0);

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Ant_EqualsOracle(int version) => Compare<Ant>(version, mostEnds: 100, leastEnds: 1);

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Humanoid_EqualsOracle(int version) => Compare<Humanoid>(version, mostEnds: 100, leastEnds: 10);

    private static void Compare<TTask>(int number, int mostEnds, int leastEnds) where TTask : struct, IMujocoTask<TTask>
    {
        var version = (TaskVersion)number;
        var description = TTask.Describe(version);
        using var model = Models.Load(description.ModelFile);
        description.Check(model, description.ModelFile);
        var environment = new MujocoEnvironment<TTask>(model, description, version);
        var oracle = new Oracle(model);
        using var start = new MujocoData(model);
        var random = SeedTree.Root(number).Start();
        var (observation, action) = (new float[description.Spec.ObservationSize], new float[description.DrivenJoints.Count]);
        var bound = ((ActionSpace.Box)description.Spec.Actions).High[0];
        var ends = 0;

        Begin();
        for (var step = 0; step < Transitions; step++)
        {
            foreach (ref var value in action.AsSpan()) value = (float)random.NextUniform(-1.3 * bound, 1.3 * bound);
            observation.AsSpan().Fill(float.NaN);
            var outcome = environment.Step(new([], action), new(observation, []), ref random);
            var (reward, terminated) = oracle.Step(description.Spec.Name, action);

            Assert.Equal(terminated ? End.Terminated : End.Running, outcome.End);
            Assert.Equal(reward, outcome.Reward, RelativeError * Math.Max(1, Math.Abs(reward)));
            CompareObservation(step);
            if (!terminated) continue;
            ends++;
            Begin();
        }
        Assert.InRange(ends, leastEnds, mostEnds);

        void Begin()
        {
            // The start as it was drawn: MuJoCo normalises quaternions, and one that was normalised already differs in the last bit when it is once more.
            var draws = random;
            start.Reset();
            TTask.Create(model, version).Begin(start, ref draws);
            observation.AsSpan().Fill(float.NaN);
            environment.Reset(new(observation, []), ref random);
            oracle.Begin(start.Positions, start.Velocities);
            Assert.Equal(draws, random);
            CompareObservation(-1);
        }

        void CompareObservation(int step)
        {
            var expected = oracle.Observe(description.Spec.Name);
            Assert.Equal(expected.Length, observation.Length);
            for (var i = 0; i < expected.Length; i++)
            {
                Assert.True(
                    Math.Abs(expected[i] - observation[i]) <= RelativeError * Math.Max(1, Math.Abs(expected[i])),
                    $"step {step}, component {i}: expected {expected[i]}, got {observation[i]}");
            }
        }
    }
}
