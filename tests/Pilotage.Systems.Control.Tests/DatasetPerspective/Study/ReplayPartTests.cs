using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Systems.Control.DatasetPerspective;
using Xunit;

namespace Pilotage.Systems.Control.Tests.DatasetPerspective.Study;

public sealed class ReplayPartTests
{
    [Theory]
    [InlineData(50, 7, 100)]
    [InlineData(50, 7, 300)]
    [InlineData(50, 7, 345)]
    [InlineData(3, 100, 250)]
    public void Evenly_LongReplay_HasExactlySoManyTransitionsFromAllOfIt(int episodes, int length, int transitions)
    {
        var part = ReplayPart.Evenly(Replay(episodes, length), transitions);

        Assert.Equal(transitions, part.Count);
        var seen = Enumerable.Range(0, part.Count).Select(step => (int)part.Steps.Observation(step)[0] / length).Distinct().ToList();
        Assert.Equal(seen.Order(), seen);                               // in the order of the run
        Assert.Equal(0, seen[0]);
        Assert.True(seen[^1] >= episodes - 1 - 2 * episodes * length / transitions, $"the last episode is {seen[^1]}");
        // Halfway through the run, half of what is kept.
        var half = Enumerable.Range(0, part.Count).Count(step => part.Steps.Observation(step)[0] < episodes * length / 2);
        Assert.InRange(half, transitions / 2 - 2 * length, transitions / 2 + 2 * length);
    }

    [Fact]
    public void Evenly_KeptEpisodes_AreWhole()
    {
        var part = ReplayPart.Evenly(Replay(50, 7), 100);
        Assert.All(part.Episodes.SkipLast(1), episode => Assert.Equal((7, End.Terminated), (episode.Length, episode.End)));
        Assert.Equal((2, End.Running), (part.Episodes[^1].Length, part.Episodes[^1].End));      // 100 = 14 x 7 + 2
    }

    [Fact]
    public void Evenly_ShortReplay_IsAllOfIt() => Assert.Equal(21, ReplayPart.Evenly(Replay(3, 7), 100).Count);

    // Each observation is the number of its step in the run.
    private static Demonstrations Replay(int episodes, int length)
    {
        var shown = new Demonstrations(new() { Name = "Toy", ObservationSize = 1, Actions = new ActionSpace.Discrete(2) });
        for (var i = 0; i < episodes; i++)
            shown.Add([.. Enumerable.Range(i * length, length).Select(step => (float)step)], [], new int[length], [], new float[length], End.Terminated, [-1], []);
        return shown;
    }
}
