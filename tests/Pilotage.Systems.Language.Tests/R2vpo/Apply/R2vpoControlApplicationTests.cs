using Pilotage.Policies;
using Pilotage.Systems.Language.R2vpo;
using Pilotage.Systems.Language.Tests.R2vpo.Study;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Language.Tests.R2vpo.Apply;

public sealed class R2vpoControlApplicationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private static readonly R2vpoConfig Quick = R2vpoStudyTests.Small with { ApplySeeds = 2 };

    public void Dispose() => _folder.Dispose();

    private ApplyReport Apply(R2vpoConfig config, params string[] lines)
    {
        var path = _folder.In("environments.txt");
        File.WriteAllLines(path, lines);
        return new R2vpoSystem().Apply(new(config, [path], 1, _folder.Path), progress: null, CancellationToken.None);
    }

    [Fact]
    public void Apply_TwoEnvironments_ComparesBothAndKeepsPoliciesTablesAndFigures()
    {
        var report = Apply(Quick, "# what I have", "CartPole-v1", "", "sparsependulum   # swings", "CartPole-v1");
        Assert.Equal(["R2VPO", "PPO", "heuristic", "R2VPO", "PPO", "heuristic"], report.Rows.Select(row => row[1]));
        Assert.All(report.Rows, row => Assert.Equal(report.Columns.Count, row.Count));
        Assert.Contains("so few seeds decide nothing", report.Headline, StringComparison.Ordinal);
        Assert.All(report.Files, file => Assert.True(File.Exists(_folder.In(file)), file));
        Assert.Equal(1 + 2 * 2 * 2, File.ReadLines(_folder.In("CartPole-v1.csv")).Count());
        Assert.Equal(["returns-cartpole-v1", "bound-cartpole-v1", "returns-sparsependulum", "bound-sparsependulum"], report.Plots.Select(plot => plot.Name));
        Assert.NotNull(PolicyFile.Load(_folder.In("CartPole-v1-r2vpo")));
    }

    [Fact]
    public void Apply_NoBoundAtAll_IsToldInTheNotes()
    {
        var report = Apply(Quick with { Control = Quick.Control with { Constraint = new() { InitialMultiplier = 0, MultiplierRate = 0 } } }, "CartPole-v1");
        Assert.Contains(report.Notes, note => note.Contains("importance weighting without any bound", StringComparison.Ordinal));
    }

    [Fact]
    public void Apply_BoundThatCannotBeHeld_IsToldInTheNotes()
    {
        var report = Apply(Quick with { Control = Quick.Control with { Epochs = 4, LearningRate = 0.05, Constraint = new() { Bound = 1e-6, InitialMultiplier = 1, MultiplierRate = 100, MaximumMultiplier = 1 } } }, "CartPole-v1");
        Assert.Contains(report.Notes, note => note.Contains("the bound cannot be held at this learning rate", StringComparison.Ordinal));
    }

    [Fact]
    public void Apply_NamesWrong_TellsAllAtOnce() =>
        Snapshot.Matches(Told(() => Apply(Quick, "CartPol-v1", "CartPole-v1", "Chess")), "unknown");

    [Fact]
    public void Apply_NothingNamed_IsTold() => Snapshot.Matches(Told(() => Apply(Quick, "# nothing")), "nothing");

    private string Told(Action action) => string.Join("\n", Assert.Throws<UserMistakeException>(action).Problems).Replace(_folder.Path, "FOLDER", StringComparison.Ordinal);
}
