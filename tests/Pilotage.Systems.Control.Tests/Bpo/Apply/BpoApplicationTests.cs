using Pilotage.Environments;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Policies;
using Pilotage.Systems.Control.Bpo;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Control.Tests.Bpo.Apply;

public sealed class BpoApplicationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private static readonly BpoSystemConfig Quick = new()
    {
        ApplySeeds = 2, Learner = new() { Steps = 512, EnvironmentCount = 4, Horizon = 64, Epochs = 2, Minibatches = 2, Hidden = [8] },
    };

    public void Dispose() => _folder.Dispose();

    private ApplyReport Apply(BpoSystemConfig config, params string[] lines)
    {
        var path = _folder.In("environments.txt");
        File.WriteAllLines(path, lines);
        return new BpoSystem().Apply(new(config, [path], 1, _folder.Path), progress: null, CancellationToken.None);
    }

    [Fact]
    public void Apply_TwoEnvironments_ComparesBothAndKeepsPoliciesTablesAndFigures()
    {
        var report = Apply(Quick, "# what I have", "CartPole-v1", "", "pendulum-v1   # swings", "CartPole-v1");
        Assert.Equal(6, report.Rows.Count);
        Assert.All(report.Rows, row => Assert.Equal(report.Columns.Count, row.Count));
        Assert.Equal(["BPO", "PPO", "heuristic", "BPO", "PPO", "heuristic"], report.Rows.Select(row => row[1]));
        Assert.Contains("CartPole-v1:", report.Headline, StringComparison.Ordinal);
        Assert.Contains("Pendulum-v1:", report.Headline, StringComparison.Ordinal);
        Assert.All(report.Files, file => Assert.True(File.Exists(_folder.In(file)), file));
        Assert.Equal(1 + 2 * 2 * 2, File.ReadLines(_folder.In("CartPole-v1.csv")).Count());
        Assert.Equal(["returns-cartpole-v1", "ratios-cartpole-v1", "targets-cartpole-v1", "returns-pendulum-v1", "ratios-pendulum-v1", "targets-pendulum-v1"], report.Plots.Select(plot => plot.Name));
        Assert.All(((ScatterPlot)report.Plots[2]).Points, point => Assert.InRange(point.X, 0.7 - 1e-6, 1.3 + 1e-6));
        Assert.NotNull(PolicyFile.Load(_folder.In("CartPole-v1-bpo"), EnvironmentCatalog.Find("CartPole-v1").Spec));
    }

    [Fact]
    public void Apply_SameSeed_GivesTheSameReport() =>
        Assert.Equal(Apply(Quick, "CartPole-v1").Rows.SelectMany(row => row), Apply(Quick, "CartPole-v1").Rows.SelectMany(row => row));

    [Fact]
    public void Apply_OneSeed_ClaimsNothing()
    {
        var report = Apply(Quick with { ApplySeeds = 1 }, "CartPole-v1");
        Assert.Equal("too few seeds", report.Rows[0][^1]);
        Assert.Contains("so few seeds decide nothing", report.Headline, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_SixSeeds_HaveAnInterval()
    {
        var row = Apply(Quick with { ApplySeeds = 6 }, "CartPole-v1").Rows[0];
        Assert.NotEqual("too few seeds", row[^1]);
        Assert.Contains("[", row[3], StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_TemperatureThatDrownsTheAdvantages_IsTold() =>
        Assert.Contains(Apply(Quick with { Learner = Quick.Learner with { Temperature = 1e5 } }, "CartPole-v1").Notes, note => note.Contains("the temperature is not small beside it", StringComparison.Ordinal));

    [Fact]
    public void Apply_UnknownNames_AreToldAtOnceWithTheirLines() => Told("unknown", "CartPole", "Pendulum-v1", "Pendulum-v9");

    [Fact]
    public void Apply_NothingNamed_SaysWhatToWrite() => Told("nothing", "# only a comment", "");

    [Fact]
    public void Apply_AFolder_IsRefused()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => new BpoSystem().Apply(new(Quick, [_folder.Path], 1, _folder.Path), null, CancellationToken.None));
        Snapshot.Matches(_folder.Anonymous(string.Join("\n", mistake.Problems)), "folder");
    }

    private void Told(string name, params string[] lines)
    {
        var mistake = Assert.Throws<UserMistakeException>(() => Apply(Quick, lines));
        Snapshot.Matches(_folder.Anonymous(string.Join("\n", mistake.Problems)), name);
    }
}
