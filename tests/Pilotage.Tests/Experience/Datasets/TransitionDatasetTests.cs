using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Experience.Datasets;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Tests.Experience.Datasets;

public sealed class TransitionDatasetTests
{
    [Fact]
    public void Following_EachKindOfEnd_NeverCrossesIntoTheNextEpisode()
    {
        var log = Logs.ThreeEnds();
        Assert.Equal([1, 2, -1, 4, -1, -1], Enumerable.Range(0, 6).Select(log.Following));
        Assert.Equal([0, 0, 0, 1, 1, 2], Enumerable.Range(0, 6).Select(log.EpisodeOf));
        Assert.Equal([2, 3, -3, 5, -5, -6], Enumerable.Range(0, 6).Select(step => log.NextObservation(step)[0]));
        Assert.Equal([End.Running, End.Running, End.Terminated, End.Running, End.Truncated, End.Running], Enumerable.Range(0, 6).Select(log.EndOf));
    }

    [Fact]
    public void MeanReturn_PieceOfAnEpisode_DoesNotCount()
    {
        var log = Logs.ThreeEnds();
        Assert.Equal([3, 30, 1000], Enumerable.Range(0, 3).Select(log.ReturnOf));
        Assert.Equal(2, log.CompleteEpisodes);
        Assert.Equal(16.5, log.MeanReturn);
    }

    [Fact]
    public void ComputeReturnsToGo_ThreeOnesAtHalfDiscount_IsTheSheetsExample()
    {
        var returns = new float[6];
        Logs.ThreeEnds().ComputeReturnsToGo(0.5, returns);
        Assert.Equal([1.75f, 1.5f, 1, 20, 20, 1000], returns);
    }

    [Theory, InlineData(1, 1, End.Running, 2), InlineData(3, 1, End.Terminated, -3), InlineData(4, 2, End.Running, 5), InlineData(5, 2, End.Truncated, -5)]
    public void First_SomeTransitions_CutsTheLastEpisodeBeforeItsTrueNextFrame(int count, int episodes, End end, float next)
    {
        var log = Logs.ThreeEnds();
        var first = log.First(count);
        Assert.Equal((count, episodes, log.Origin), (first.Count, first.Episodes.Count, first.Origin));
        Assert.Equal(end, first.Episodes[^1].End);
        Assert.Equal(next, first.NextObservation(count - 1)[0]);
        Assert.Equal(log.Steps.Observations[..count].ToArray(), first.Steps.Observations.ToArray());
        Assert.Equal(log.Steps.Rewards[..count].ToArray(), first.Steps.Rewards.ToArray());
    }

    [Fact]
    public void Join_TwoLogs_KeepsEpisodesApart()
    {
        var log = Logs.ThreeEnds();
        var both = TransitionDataset.Join(new() { Kind = DatasetKind.Mixed }, log, log.First(2));
        Assert.Equal([new(0, 3, End.Terminated), new(3, 2, End.Truncated), new(5, 1, End.Running), new(6, 2, End.Running)], both.Episodes);
        Assert.Equal((DatasetKind.Mixed, -6f, 3f), (both.Origin.Kind, both.NextObservation(5)[0], both.NextObservation(7)[0]));
        Assert.Equal(-1, both.Following(5));
    }

    [Theory, InlineData("nothing_recorded"), InlineData("no_complete_episode"), InlineData("other_sizes"), InlineData("other_actions")]
    public void Dataset_ThatCannotBeUsed_IsToldInWords(string name) => Snapshot.Matches(Assert.Throws<UserMistakeException>(() =>
    {
        var log = Logs.ThreeEnds();
        switch (name)
        {
            case "nothing_recorded": _ = new TransitionDataset(new(Logs.Line), new()); break;
            case "no_complete_episode": _ = log.First(2).MeanReturn; break;
            case "other_sizes": log.ThrowUnlessLike(Logs.Line with { Name = "Plane", ObservationSize = 2 }); break;
            default: log.ThrowUnlessLike(Logs.Line with { Name = "Slope", Actions = new ActionSpace.Box([-1, 0.5f], [1, 2]) }); break;
        }
    }).Message, name);

    [Fact]
    public void ThrowUnlessLike_EqualBoxes_Fits()
    {
        var spec = new EnvironmentSpec { Name = "Slope", ObservationSize = 1, Actions = new ActionSpace.Box([-1], [1]) };
        var steps = new Demonstrations(spec);
        steps.Add([1], [], [], [0.5f], [1], End.Terminated, [2], []);
        new TransitionDataset(steps, new()).ThrowUnlessLike(spec with { Name = "Slope again", Actions = new ActionSpace.Box([-1], [1]) });
    }
}
