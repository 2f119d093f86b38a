using Pilotage.Environments;
using Pilotage.Evaluation;
using Pilotage.Policies;
using Pilotage.Systems.Control.Symphony;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Control.Tests.Symphony.Apply;

public sealed class SymphonyApplicationTests : IDisposable
{
    private static readonly SymphonyStudyConfig Small = new()
    {
        Method = new() { Steps = 700, Hidden = 8, ExplorationSteps = 256, Repeats = 2, UpdatesPerStep = 1 },
        ApplyEpisodes = 4,
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Input(string text, string name = "task.txt")
    {
        File.WriteAllText(_folder.In(name), text);
        return _folder.In(name);
    }

    private ApplyReport Apply(SymphonyStudyConfig config, string output, CancellationToken cancellation, params string[] inputs)
    {
        Directory.CreateDirectory(_folder.In(output));
        return SymphonyApplication.Run(new(config, inputs, 3, _folder.In(output)), null, cancellation);
    }

    private string Told(Action action) => Assert.Throws<UserMistakeException>(action).Message.Replace(_folder.Path, "FOLDER", StringComparison.Ordinal);

    [Fact]
    public void Run_ARegisteredEnvironment_LeavesAPolicyThatPlaysAlone()
    {
        var report = Apply(Small, "out", CancellationToken.None, Input("Pendulum-v1\n"));
        Assert.Equal(["symphony", "rule", "no-action", "random"], report.Rows.Select(row => row[0]));
        Assert.All(report.Rows, row => Assert.Equal(report.Columns.Count, row.Count));
        Assert.Equal(["curve", "strength", "scale"], report.Plots.Select(plot => plot.Name));
        Assert.Equal(["policy/", "symphony.state", "episodes.csv"], report.Files);
        Assert.Equal(1 + 3, File.ReadAllLines(_folder.In("out/episodes.csv")).Length);              // a header and three whole episodes of 200 steps
        var spec = EnvironmentCatalog.Find("Pendulum-v1").Spec;
        var policy = PolicyFile.Load(_folder.In("out"), spec);
        var returns = PolicyEvaluation.Run(policy, EnvironmentCatalog.Find("Pendulum-v1").Create, 4, SeedTree.Root(3).Evaluation);
        Assert.Equal(report.Rows[0][1], FormattableString.Invariant($"{returns.Mean:0.0}"));        // what the report tells is what the file does
    }

    [Fact]
    public void Run_GoneOnWith_IsWhatOneRunWouldHaveBeen()
    {
        var task = Input("Pendulum-v1");
        var whole = Apply(Small, "whole", CancellationToken.None, task);
        Apply(Small with { Method = Small.Method with { Steps = 512 } }, "first", CancellationToken.None, task);
        var second = Apply(Small, "second", CancellationToken.None, task, _folder.In("first/symphony.state"));
        Assert.Equal(whole.Rows, second.Rows);
        Assert.Equal(File.ReadAllBytes(_folder.In("whole/symphony.state")), File.ReadAllBytes(_folder.In("second/symphony.state")));
        Assert.Contains(second.Notes, note => note.Contains("of which 512 in an earlier run", StringComparison.Ordinal));
    }

    [Fact]
    public void Run_Stopped_KeepsItsState()
    {
        Assert.Throws<OperationCanceledException>(() => Apply(Small, "out", new(canceled: true), Input("Pendulum-v1")));
        Assert.True(StateFile.IsState(_folder.In("out/symphony.state")));
    }

    [Fact]
    public void Run_NamesNothing() => Snapshot.Matches(Told(() => Apply(Small, "out", CancellationToken.None, Input(""))), "names_nothing");

    [Fact]
    public void Run_UnknownEnvironment() => Assert.Contains("Did you mean Pendulum-v1?", Told(() => Apply(Small, "out", CancellationToken.None, Input("Pendulum-v2"))), StringComparison.Ordinal);

    [Fact]
    public void Run_DiscreteActions() => Snapshot.Matches(Told(() => Apply(Small, "out", CancellationToken.None, Input("CartPole-v1"))), "discrete");

    [Fact]
    public void Run_TwoTasks() => Snapshot.Matches(Told(() => Apply(Small, "out", CancellationToken.None, Input("Pendulum-v1"), Input("Hopper-v4", "other.txt"))), "two_tasks");

    [Fact]
    public void Run_MujocoWithoutModels()
    {
        var told = Told(() => Apply(Small, "out", CancellationToken.None, Input("Hopper-v4")));
        Assert.Contains("PIL1402", told, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_StateOfOtherSettings()
    {
        var task = Input("Pendulum-v1");
        Apply(Small, "out", CancellationToken.None, task);
        Snapshot.Matches(Told(() => Apply(Small with { Method = Small.Method with { Hidden = 12 } }, "again", CancellationToken.None, task, _folder.In("out/symphony.state"))), "other_state");
    }

    [Fact]
    public void Run_StateCutOff()
    {
        var task = Input("Pendulum-v1");
        Apply(Small, "out", CancellationToken.None, task);
        File.WriteAllBytes(_folder.In("cut.state"), File.ReadAllBytes(_folder.In("out/symphony.state"))[..5000]);
        Snapshot.Matches(Told(() => Apply(Small, "again", CancellationToken.None, task, _folder.In("cut.state"))), "cut_off");
    }
}
