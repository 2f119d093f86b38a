using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Tests.Algorithms;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Tests.Experience;

public sealed class TransitionRecorderTests
{
    [Fact]
    public void Step_ATruncatedEpisode_LeadsToItsTrueLastFrameAndBootstraps()
    {
        // Four steps an episode, cut by the limit: the observation is 0 in first frames and 1 in all others, the last included.
        var environment = new VectorEnvironment<EndlessIncome>(new EndlessIncome[2], SeedTree.Root(1));
        var replay = Record(environment, steps: 8);

        var batch = Draw(replay, environment.Spec);
        Assert.Equal(16, replay.Count);
        Assert.All(batch.NextObservations, next => Assert.Equal(1, next));
        Assert.All(batch.Discounts, discount => Assert.Equal(0.5f, discount));
    }

    [Fact]
    public void Step_ATerminatedEpisode_DoesNotBootstrap()
    {
        var environment = new VectorEnvironment<MaskedBandit>(new MaskedBandit[2], SeedTree.Root(1));
        var replay = Record(environment, steps: 4);

        Assert.All(Draw(replay, environment.Spec).Discounts, discount => Assert.Equal(0, discount));
    }

    [Fact]
    public void Step_MasksOfNextFrames_AreKept()
    {
        var environment = new VectorEnvironment<OnlyOnce>(new OnlyOnce[1], SeedTree.Root(1));
        var batch = Draw(Record(environment, steps: 8, action: 1), environment.Spec);

        for (var i = 0; i < batch.Size; i++) Assert.Equal([true, false], batch.NextLegal.AsSpan(2 * i, 2).ToArray());
    }

    private static Replay Record(IVectorEnvironment environment, int steps, int action = 0)
    {
        environment.Reset();
        var replay = new Replay(64, environment.Spec);
        var recorder = new TransitionRecorder(environment, replay, 1, 0.5);
        var (actions, episodes, clock) = (new ActionBatch(environment.Spec.Actions, environment.Rows), new EpisodeStatistics(environment.Rows), new PhaseClock());
        for (var t = 0; t < steps; t++)
        {
            for (var row = 0; row < environment.Rows; row++)
            {
                var legal = environment.Frames.LegalOf(row);
                actions.Indices[row] = legal.IsEmpty || legal[action] ? action : legal.IndexOf(value: true);
            }
            recorder.Step(actions, episodes, clock);
        }
        return replay;
    }

    private static TransitionBatch Draw(Replay replay, EnvironmentSpec spec)
    {
        var batch = new TransitionBatch(256, spec);
        var random = new Randomness(1);
        replay.Sample(batch, 0, ref random);
        return batch;
    }
}
