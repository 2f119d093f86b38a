using Pilotage.Systems.Language.TreePo;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Language.Tests.TreePo.Apply;

public sealed class TreePoApplicationTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Apply_JsonLines_TrainsAndWritesTreesBesideTheModel()
    {
        var report = Apply(Quick());

        Assert.All(report.Files, file => Assert.True(File.Exists(_folder.In(file)), file));
        Assert.Superset(new HashSet<string> { "leaves.csv", "tree.txt", "tree.html" }, report.Files.ToHashSet());
        Assert.Equal(LeafTable.Header, File.ReadLines(_folder.In("leaves.csv")).First());
        var leaves = File.ReadLines(_folder.In("leaves.csv")).Count() - 1;
        Assert.InRange(leaves, 6, 12);
        Assert.Contains(report.Plots, plot => plot.Name == "widths");
        Assert.Contains(report.Notes, note => note.StartsWith($"Trees of 3 test problems: {leaves} answers", StringComparison.Ordinal));
    }

    [Fact]
    public void Apply_TreesBeyondTheContext_SayWhatFits()
    {
        var config = Quick();

        var mistake = Assert.Throws<UserMistakeException>(() => Apply(config with { Apply = config.Apply with { MaximumResponse = 4 } }));

        Snapshot.Matches(mistake.Message, "context");
    }

    private static TreePoSystemConfig Quick() => new()
    {
        Learner = new() { Tree = new() { SegmentTokens = 2, Depth = 3, Leaves = 4, FallbackRounds = 40 } },
        Apply = new()
        {
            Steps = 2, EvaluationProblems = 4, EvaluationSamples = 2, EvaluateEvery = 2, CheckpointEvery = 2, Batch = new() { Prompts = 3, GroupSize = 4 },
            WarmStart = new() { Updates = 20 },
        },
        TreesShown = 3,
    };

    private ApplyReport Apply(TreePoSystemConfig config)
    {
        var path = _folder.In("sums.jsonl");
        File.WriteAllLines(path, Enumerable.Range(0, 64).Select(i => $$"""{"prompt": "{{i % 8}}+{{i / 8}}=", "answer": "{{i % 8 + i / 8}}"}"""));
        return new TreePoSystem().Apply(new(config, [path], 1, _folder.Path), progress: null, TestContext.Current.CancellationToken);
    }
}
