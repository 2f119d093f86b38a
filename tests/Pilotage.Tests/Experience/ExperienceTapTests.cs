using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Pilotage.Experience;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Tests.Experience;

public sealed class ExperienceTapTests
{
    private static readonly DqnConfig Config = new() { Steps = 2048, LearningStarts = 256, EnvironmentCount = 1, Capacity = 4096 };

    [Fact]
    public void Tap_LearnerThroughIt_LearnsTheSameBits()
    {
        var (plain, tap) = (Poles(), new ExperienceTap(Poles()));
        var (alone, watched) = (new Dqn(Config, plain, SeedTree.Root(2)), new Dqn(Config, tap, SeedTree.Root(2)));
        while (alone.Steps < 600) alone.Iterate();
        while (watched.Steps < 600) watched.Iterate();
        Assert.Equal(ParameterHash.Of(alone.Weights), ParameterHash.Of(watched.Weights));
        Assert.Equal(watched.Steps, tap.Count);

        var seen = tap.Take();
        Assert.Equal(watched.Steps, seen.Count);
        Assert.Equal(0, tap.Count);
        Assert.All(seen.Episodes.SkipLast(1), episode => Assert.Equal(End.Terminated, episode.End));
        // One row: what a step led to is what the next one acts on, but at ends.
        for (var i = 0; i + 1 < seen.Episodes.Count; i++)
            Assert.NotEqual(seen.FinalFrames.Observation(i).ToArray(), seen.Observation(seen.Episodes[i + 1].Start).ToArray());
    }

    [Fact]
    public void Reset_EpisodeThatRuns_BecomesAPieceWithItsTrueLastFrame()
    {
        var tap = new ExperienceTap(Poles());
        var actions = new ActionBatch(tap.Spec.Actions, 1);
        tap.Step(actions);
        var last = tap.Frames.Observation(0).ToArray();
        tap.Reset();
        tap.Step(actions);
        var seen = tap.Take();
        Assert.Equal([new(0, 1, End.Running), new(1, 1, End.Running)], seen.Episodes);
        Assert.Equal(last, seen.FinalFrames.Observation(0).ToArray());
    }

    private static VectorEnvironment<CartPole> Poles() => new(new CartPole[1], SeedTree.Root(2));
}
