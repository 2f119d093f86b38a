using Pilotage.Environments;
using Pilotage.Systems.Control.DatasetPerspective;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Control.Tests.DatasetPerspective.Apply;

public sealed class TransitionLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_EachKindOfEnd_LeadsToItsTrueLastFrame()
    {
        var (data, notes) = Read(
            0, "episode,step,x,action,reward,end", "a,0,1,0,0.5,running", "a,1,2,1,1,terminated", "b,0,10,0,2,", "b,1,20,1,3,truncated", "b,2,30,,,", "c,0,100,1,4,", "c,1,200,0,5,truncated");

        Assert.Equal((5, 3), (data.Count, data.Episodes.Count));
        Assert.Equal([End.Terminated, End.Truncated, End.Truncated], data.Episodes.Select(episode => episode.End));
        Assert.Equal([1, 2, 10, 20, 100], data.Steps.Observations.ToArray());
        Assert.Equal([0.5f, 1, 2, 3, 4], data.Steps.Rewards.ToArray());
        Assert.Equal(30, data.NextObservation(3)[0]);                   // the row without an action
        Assert.Equal(200, data.NextObservation(4)[0]);                  // its step was left out: where it led is not in the file
        Assert.Contains("1 episode(s)", Assert.Single(notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_DoneAlone_IsTakenForATerminationAndTold()
    {
        var (data, notes) = Read(0, "done,reward,action,episode,x,y", "0,1,0,1,5,6", "1,1,2,1,7,8");
        Assert.Equal(End.Terminated, data.Episodes[0].End);
        Assert.Equal((2, 3), (data.Spec.ObservationSize, ((ActionSpace.Discrete)data.Spec.Actions).Count));
        Assert.Contains("does not tell time limits", Assert.Single(notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TwoFlags_AreTwoKindsOfEnd() =>
        Assert.Equal([End.Terminated, End.Truncated], Read(2, "episode,x,action,reward,terminated,truncated", "1,5,0,1,true,false", "2,5,0,1,0,0", "2,6,1,1,0,1", "2,7,,,,").Data.Episodes.Select(episode => episode.End));

    [Fact]
    public void Read_Values_NotFiniteOutOfRangeAndReal() => Told(
        "values", 2, "episode,x,action,reward,end", "1,NaN,0,1,", "1,1,2,1,", "1,1,-1,1,", "1,1,0.5,1,", "1,1,left,1,", "1,1,0,inf,", "1,1,0,1,done", "1,1,0", "1,,0,1,terminated");

    [Fact]
    public void Read_Order_GapsAndEndsWithin() => Told("order", 0, "episode,step,x,action,reward,end", "1,0,1,0,1,", "1,2,1,0,1,terminated", "1,3,1,,,", "1,4,1,0,1,terminated");

    [Fact]
    public void Read_Header_WithoutWhatIsNeeded() => Told("header", 0, "x,x,reward");

    [Fact]
    public void Read_Header_WithoutStateAndEnd() => Told("columns", 0, "episode,action,reward", "1,0,1");

    [Fact]
    public void Read_Nothing() => Told("nothing", 0, "episode,x,action,reward,end");

    [Fact]
    public void Read_OneStepEpisodesThatLeadNowhere() => Told("nowhere", 0, "episode,x,action,reward,end", "1,1,0,1,truncated", "2,1,0,1,");

    [Fact]
    public void Read_ManyMistakes_AreShortened()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => Read(0, ["episode,x,action,reward,end", .. Enumerable.Repeat("1,1,a,1,", 50)]));
        Assert.Equal(21, mistake.Problems.Count);
        Assert.EndsWith("30 more problem(s).", mistake.Problems[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_NoCompleteEpisode_IsRefused()
    {
        File.WriteAllLines(_folder.In("log.csv"), ["episode,x,action,reward,end", "1,1,0,1,", "1,2,1,1,", "1,3,,,"]);
        var mistake = Assert.Throws<UserMistakeException>(() => new DatasetPerspectiveSystem().Apply(new(new DatasetPerspectiveConfig(), [_folder.In("log.csv")], 1, _folder.Path), null, CancellationToken.None));
        Snapshot.Matches(mistake.Message + "\n", "no_complete_episode");
    }

    private (Experience.Datasets.TransitionDataset Data, IReadOnlyList<string> Notes) Read(int actions, params string[] lines)
    {
        File.WriteAllLines(_folder.In("log.csv"), lines);
        return TransitionLog.Read(_folder.In("log.csv"), actions);
    }

    private void Told(string name, int actions, params string[] lines)
    {
        var mistake = Assert.Throws<UserMistakeException>(() => Read(actions, lines));
        Snapshot.Matches(string.Join("\n", mistake.Problems).Replace(_folder.Path, "FOLDER", StringComparison.Ordinal) + "\n", name);
    }
}
