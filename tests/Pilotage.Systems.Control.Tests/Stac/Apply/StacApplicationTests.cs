using Pilotage.Environments;
using Pilotage.Environments.ClassicControl;
using Pilotage.Evaluation;
using Pilotage.Policies;
using Pilotage.Systems.Control.Stac;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Control.Tests.Stac.Apply;

public sealed class StacApplicationTests : IDisposable
{
    private static readonly StacConfig Tiny = new() { Steps = 600, LearningStarts = 300, BatchSize = 8, Hidden = [8], Apply = new() { Betas = [0, 0.5], Seeds = 2, Episodes = 3 } };
    private readonly string _folder = Directory.CreateTempSubdirectory("pilotage-test").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Apply_Pendulum_SweepsAndKeepsAPolicyThatActs()
    {
        var shares = new List<double>();
        var report = new StacSystem().Apply(new(Tiny, ["pendulum-v1"], 5, _folder), new Shares(shares), default);

        Assert.Equal(4, report.Rows.Count);
        Assert.StartsWith("stac beta", report.Rows[0][0], StringComparison.Ordinal);      // the recommended one first
        Assert.Contains(report.Rows, row => row[0] == "rule of thumb" && row[4] == "rule of thumb");
        Assert.All(report.Rows, row => Assert.Equal(report.Columns.Count, row.Count));
        Assert.Contains("worse", report.Rows[0][4], StringComparison.Ordinal);            // 300 updates do not swing a pendulum up
        Assert.StartsWith("Keep the rule of thumb", report.Headline, StringComparison.Ordinal);
        Assert.All(report.Files, file => Assert.True(File.Exists(Path.Combine(_folder, file)), file));
        Assert.Equal(2 * 2, File.ReadLines(Path.Combine(_folder, "beta-sweep.csv")).Count() - 1);
        Assert.Equal(["return", "value-error"], report.Plots.Select(plot => plot.Name));
        Assert.Equal(shares.Order(), shares);

        // What was kept earns what the sweep's best seed earned on the same episodes.
        var policy = PolicyFile.Load(_folder, Pendulum.Describe());
        var own = PolicyEvaluation.Run(policy, EnvironmentCatalog.Find("Pendulum-v1").Create, 3, SeedTree.Root(5).Evaluation).Mean;
        Assert.Contains(File.ReadLines(Path.Combine(_folder, "beta-sweep.csv")).Skip(1), line => double.Parse(line.Split(',')[3], System.Globalization.CultureInfo.InvariantCulture) == own);
    }

    [Theory]
    [InlineData("unknown_environment", "Pendulum-v2")]
    [InlineData("discrete_environment", "CartPole-v1")]
    [InlineData("two_environments", "Pendulum-v1", "Hopper-v4")]
    public void Apply_InputsThatCannotBe_AreToldWithAWayOut(string name, params string[] inputs)
    {
        var mistake = Assert.Throws<UserMistakeException>(() => new StacSystem().Apply(new(Tiny, inputs, 0, _folder), null, default));
        Snapshot.Matches(mistake.Message, name);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public void Apply_Cancelled_StopsWithinTheTraining()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => new StacSystem().Apply(new(Tiny, ["Pendulum-v1"], 0, _folder), null, source.Token));
    }

    private sealed class Shares(List<double> all) : IProgress<(double Share, string Text)>
    {
        public void Report((double Share, string Text) value) => all.Add(value.Share);
    }
}
