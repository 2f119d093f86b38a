using Pilotage.Testing;
using Xunit;

namespace Pilotage.Cli.Tests;

public sealed class TrackingCommandTests
{
    private static void Runs(TemporaryFolder folder)
    {
        Tool.Run("run", "coin-tossing", "--scale", "smoke", "--out", folder.In("study"));
        Tool.Run("train", "--algorithm", "ppo", "--environment", "CartPole-v1", "--steps", "1024", "--evaluate-episodes", "1", "--out", folder.In("train"));
    }

    [Fact]
    public void Export_SeveralRuns_SaysWhatItWrote()
    {
        using var folder = new TemporaryFolder();
        Runs(folder);

        var answers = new[] { "csv", "parquet", "mlflow" }.Select(format => Tool.Run("export", folder.In("study"), folder.In("train"), "--format", format, "--out", folder.In(format))).ToList();

        Assert.All(answers, answer => Assert.Equal(ExitCode.Ok, answer.ExitCode));
        // The runs' identities hang on their configuration, and that on the program's version.
        Snapshot.Matches(string.Join("\n", answers.Select(answer => System.Text.RegularExpressions.Regex.Replace(answer.Transcript(folder.Path), "/[0-9a-f]{32}\n", "/RUN\n"))));
        Assert.Equal(4, File.ReadLines(folder.In("csv", "metrics.csv")).Skip(1).Select(line => line.Split(',')[1]).Distinct().Count());
        Assert.Contains("study,biased,fair,heads,", File.ReadAllText(folder.In("csv", "comparisons.csv")), StringComparison.Ordinal);
    }

    [Fact]
    public void Export_AsJson_PrintsOneDocument()
    {
        using var folder = new TemporaryFolder();
        Runs(folder);

        Snapshot.Matches(Tool.Run("export", folder.In("study"), "--format", "csv", "--json", "--out", folder.In("csv")).Transcript(folder.Path));
    }

    [Fact]
    public void Export_Mistakes_AreToldAtOnceAndNothingIsWritten()
    {
        using var folder = new TemporaryFolder();
        Runs(folder);
        File.WriteAllText(folder.In("study", "report.json"), "{\"schema\":\"pilotage-report/9\"}");
        string[][] commands =
        [
            ["export", folder.In("nowhere"), folder.In("study"), "--format", "csv", "--out", folder.In("train")],
            ["export", folder.In("train"), "--format", "mlflow", "--out", folder.In("train")],
            ["export", folder.In("train"), "--format", "mflow", "--out", folder.In("out")],
            ["export", folder.In("train"), "--format", "csv", "--out", "http://127.0.0.1:5000"],
            ["export", folder.In("train"), "--format", "mlflow", "--out", "http://127.0.0.1:1"],
            ["export", folder.In("nowhere"), "--format", "mlflow", "--out", "sqlite:///mlflow.db"],
            ["export", folder.In("train"), "--out", "http://127.0.0.1:5000"],
            ["export", folder.In("train"), folder.In("train"), "--format", "onnx", "--out", folder.In("out")],
        ];

        var answers = commands.Select(command => Tool.Run(command)).ToList();

        Assert.All(answers, answer => Assert.Equal(ExitCode.UserMistake, answer.ExitCode));
        Assert.False(Directory.Exists(folder.In("out")));
        Snapshot.Matches(string.Join("\n", answers.Select(answer => answer.Transcript(folder.Path))));
    }
}
