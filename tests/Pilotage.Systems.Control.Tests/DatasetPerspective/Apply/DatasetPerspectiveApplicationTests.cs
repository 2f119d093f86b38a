using System.Globalization;
using System.Text;
using Pilotage.Algorithms.Offline;
using Pilotage.Datasets;
using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Experience.Datasets;
using Pilotage.Policies;
using Pilotage.Systems.Control.DatasetPerspective;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Control.Tests.DatasetPerspective.Apply;

public sealed class DatasetPerspectiveApplicationTests : IDisposable
{
    private static readonly DatasetPerspectiveConfig Quick = new() { Offline = new() { Steps = 600, BatchSize = 32, Hidden = [16], LearningRate = 3e-3, Discount = 0.9, Quantiles = 4, Heads = 4 } };
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Apply_GoodNarrowLog_RecommendsCloningAndWritesAPolicyThatDoesTheSame()
    {
        // Two states that tell which action pays 1; the log does it nine times in ten.
        var report = Apply(Log(mistakes: 10), Quick with { RandomReturn = 5, ExpertReturn = 10, ReferencePairs = 40 });

        Assert.StartsWith("Use bc:", report.Headline, StringComparison.Ordinal);
        Assert.Contains("trajectory quality 0.8, coverage 0.1", report.Headline, StringComparison.Ordinal);
        Assert.Equal(["bc", "the log itself"], report.Rows.Select(row => row[0]));
        Assert.All(report.Rows, row => Assert.Equal(report.Columns.Count, row.Count));
        Assert.Contains(report.Notes, note => note.Contains("500 transitions in 50 episodes, 50 of them complete: mean return 9, mean length 10.", StringComparison.Ordinal));
        Assert.Contains(report.Notes, note => note.Contains("TQ = (9 - 5) / (10 - 5) = 0.8.", StringComparison.Ordinal));
        Assert.Contains(report.Notes, note => note.Contains("SACo = 4 / 40 = 0.1.", StringComparison.Ordinal));
        var policy = (SoftmaxPolicy)PolicyFile.Load(_folder.In("policies/bc"));
        var probabilities = new float[4];
        policy.Probabilities([0, 1, 1, 0], [], probabilities);
        Assert.True(probabilities[1] > 0.8 && probabilities[2] > 0.8, $"{probabilities[1]}, {probabilities[2]}");
        Assert.Single(report.Plots);
    }

    [Fact]
    public void Apply_PoorWideLog_RecommendsQLearningThatFindsWhatPays()
    {
        var report = Apply(Log(mistakes: 2), Quick with { RandomReturn = 5, ExpertReturn = 10, ReferencePairs = 4 });

        Assert.StartsWith("Use dqn:", report.Headline, StringComparison.Ordinal);
        Assert.Equal(["dqn", "bc", "the log itself"], report.Rows.Select(row => row[0]));
        var (learned, cloned) = (Value(report.Rows[0]), Value(report.Rows[1]));
        Assert.True(learned > cloned + 1, $"{learned} against {cloned}");      // 1 a step against a half
    }

    [Fact]
    public void Apply_NothingKnown_SaysWhatToGive()
    {
        var report = Apply(Log(mistakes: 5), Quick with { Train = "all", Actions = 4, Offline = Quick.Offline with { Steps = 100 } });

        Assert.StartsWith("Use cql:", report.Headline, StringComparison.Ordinal);
        Assert.Equal(OfflineCatalog.All.Count + 1, report.Rows.Count);
        Assert.Contains(report.Notes, note => note.StartsWith("TQ needs", StringComparison.Ordinal));
        Assert.Contains(report.Notes, note => note.Contains("SACo needs", StringComparison.Ordinal));
        Assert.Contains(report.Notes, note => note.Contains("2 of 4 actions are never done (2, 3)", StringComparison.Ordinal));
        Assert.All(OfflineCatalog.All, entry => Assert.Equal(4, ((ActionSpace.Discrete)PolicyFile.ReadManifest(_folder.In($"policies/{entry.Name}")).Environment.Actions).Count));
    }

    [Fact]
    public void Apply_JsonLinesOrParquet_GivesWhatTheCsvGives()
    {
        var path = Log(mistakes: 5);
        var rows = Apply(path, Quick).Rows.SelectMany(row => row).ToList();
        foreach (var kind in new[] { "jsonl", "parquet" })
        {
            var copy = _folder.In($"log.{kind}");
            DatasetFile.Write(copy, TransitionLog.Read(path, 0).Data);
            Assert.Equal(rows, Apply(copy, Quick).Rows.SelectMany(row => row));
        }
    }

    [Fact]
    public void Apply_ContinuousActions_AreRefused()
    {
        var shown = new Demonstrations(new() { Name = "Toy", ObservationSize = 1, Actions = new ActionSpace.Box([-1], [1]) });
        shown.Add([1, 2], [], [], [0.5f, 0.25f], [1, 1], End.Terminated, [3], []);
        DatasetFile.Write(_folder.In("box.parquet"), new TransitionDataset(shown, new()));
        Assert.Contains("PIL1301", Assert.Throws<UserMistakeException>(() => Apply(_folder.In("box.parquet"), Quick)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Apply_SameSeed_GivesTheSameReport()
    {
        var path = Log(mistakes: 5);
        Assert.Equal(Apply(path, Quick).Rows.SelectMany(row => row), Apply(path, Quick).Rows.SelectMany(row => row));
    }

    [Theory]
    [InlineData(0.9, 0.2, "bc")]
    [InlineData(0.9, 0.9, "cql")]
    [InlineData(0.1, 0.9, "dqn")]
    [InlineData(0.1, 0.1, "cql")]
    [InlineData(0.5, 0.49, "bc")]
    [InlineData(0.9, null, "bc")]
    [InlineData(0.1, null, "cql")]
    [InlineData(null, 0.9, "cql")]
    [InlineData(null, 0.1, "cql")]
    [InlineData(null, null, "cql")]
    public void Advice_ByQuadrant(double? quality, double? coverage, string algorithm) => Assert.Equal(algorithm, Advice.For(quality, coverage).Algorithm);

    private ApplyReport Apply(string path, DatasetPerspectiveConfig config) => new DatasetPerspectiveSystem().Apply(new(config, [path], 1, _folder.Path), progress: null, CancellationToken.None);

    private static double Value(IReadOnlyList<string> row) => double.Parse(row[1], CultureInfo.InvariantCulture);

    // Fifty episodes of ten steps, of which every so many-th does the wrong action.
    private string Log(int mistakes)
    {
        var text = new StringBuilder("episode,step,left,right,action,reward,end\n");
        var random = new Randomness(4);
        for (var i = 0; i < 500; i++)
        {
            var state = random.NextInt(2);
            var right = i % mistakes != 0;
            text.Append(CultureInfo.InvariantCulture, $"{i / 10},{i % 10},{1 - state},{state},{(right ? state : 1 - state)},{(right ? 1 : 0)},{(i % 10 == 9 ? "terminated" : "")}\n");
        }
        File.WriteAllText(_folder.In("log.csv"), text.ToString());
        return _folder.In("log.csv");
    }
}
