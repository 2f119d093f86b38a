using Pilotage.Evaluation.Reports;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Cli.Tests;

public sealed class SweepCommandTests
{
    private static readonly string[] Coin = ["sweep", "coin-tossing", "--arm", "biased", "--set", "bias=0.6", "--vary", "bias=0.5,0.7,0.95", "--method", "grid", "--tuning-seeds", "2", "--threads", "1"];

    private static readonly string[] CartPole =
        ["sweep", "--algorithm", "ppo", "--environment", "CartPole-v1", "--plain", "--set", "steps=1024", "--vary", "learningRate=1e-4..1e-2:log", "--trials", "3", "--tuning-seeds", "1", "--test-seeds", "7", "--episodes", "2", "--method", "random"];

    [Fact]
    public void Sweep_ASystem_TellsCostCandidatesAndVerdict()
    {
        using var folder = new TemporaryFolder();

        var answer = Tool.Run([.. Coin, "--out", folder.In("run")]);

        Assert.All(answer.Output.Split('\n'), line => Assert.True(line.Length <= 80, line));
        Snapshot.Matches(RunTests.WithoutTimes(answer.Transcript(folder.Path)));
        Assert.Contains("bias: 0.95\n", File.ReadAllText(folder.In("run", "best.yaml")));
    }

    [Fact]
    public void Sweep_ATraining_GivesAReportAndSettingsThatTrainTakes()
    {
        using var folder = new TemporaryFolder();

        var answer = Tool.Run([.. CartPole, "--json", "--out", folder.In("run")]);
        var trained = Tool.Run("train", "--algorithm", "ppo", "--environment", "CartPole-v1", "--config", folder.In("run", "best.yaml"), "--evaluate-episodes", "1", "--out", folder.In("trained"));

        Assert.Equal(ExitCode.Ok, answer.ExitCode);
        Assert.Equal(["heuristic", "default", "tuned"], ReportJson.Read(answer.Output, "output").Arms.Select(arm => arm.Name));
        Assert.Equal(ExitCode.Ok, trained.ExitCode);
        Assert.Contains("steps: 1024\n", File.ReadAllText(folder.In("trained", "config.yaml")));
    }

    // The page's own command, typed again.
    [Fact]
    public void Sweep_TheCommandOfItsPage_RepeatsIt()
    {
        using var folder = new TemporaryFolder();
        Tool.Run([.. CartPole, "--seed", "5", "--out", folder.In("first")]);
        var page = File.ReadAllText(folder.In("first", "report.html"));
        var start = page.IndexOf("pilotage sweep", StringComparison.Ordinal);
        var command = page[start..page.IndexOf('<', start)].Trim().Replace("'", "", StringComparison.Ordinal);

        Tool.Run([.. command.Split(' ').Skip(1), "--out", folder.In("second")]);

        Assert.Equal(File.ReadAllText(folder.In("first", "choice.json")), File.ReadAllText(folder.In("second", "choice.json")));
    }

    [Fact]
    public void Sweep_FromAFile_IsTheSameAsFromTheCommandLine()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("sweep.yaml"), """
            system: coin-tossing
            arm: biased
            method: random
            tuningSeeds: 2
            vary:
              bias: [0.5, 0.7, 0.95]
            settings:
              bias: 0.6
            """);

        Tool.Run([.. Coin, "--out", folder.In("typed")]);
        var answer = Tool.Run("sweep", "--config", folder.In("sweep.yaml"), "--method", "grid", "--threads", "1", "--out", folder.In("read"));

        Assert.Equal(ExitCode.Ok, answer.ExitCode);
        Assert.Equal(File.ReadAllText(folder.In("typed", "choice.json")), File.ReadAllText(folder.In("read", "choice.json")));
    }

    [Fact]
    public void Sweep_Interrupted_SaysHowToResumeAndResumes()
    {
        using var folder = new TemporaryFolder();
        using var interruption = new CancellationTokenSource();
        interruption.Cancel();

        var interrupted = Tool.Run(interruption.Token, [.. CartPole, "--out", folder.In("run")]);
        var resumed = Tool.Run("resume", folder.In("run"), "--json");
        Tool.Run([.. CartPole, "--out", folder.In("whole")]);

        Assert.Equal(ExitCode.Interrupted, interrupted.ExitCode);
        Assert.EndsWith($"Interrupted; finished trials are kept. Go on with: pilotage resume {folder.In("run")}\n", interrupted.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Ok, resumed.ExitCode);
        Assert.Equal(File.ReadAllText(folder.In("whole", "choice.json")), File.ReadAllText(folder.In("run", "choice.json")));
    }

    [Fact]
    public void List_Runs_ShowsASweepWithItsAnswer()
    {
        using var folder = new TemporaryFolder();
        Tool.Run([.. Coin, "--out", folder.In("runs", "one")]);

        var entry = Lab.Runs.RunIndex.Read(folder.In("runs"))[0];

        Assert.Equal("sweep of coin-tossing, seed 0", entry.Title);
        Assert.StartsWith("Yes: tuned is better than default", entry.Headline, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("sweep_nothing", "sweep --vary bias=0.1..0.9")]
    [InlineData("sweep_two_things", "sweep coin-tossing --algorithm ppo --environment CartPole-v1 --vary bias=0.1..0.9")]
    [InlineData("sweep_half_a_training", "sweep --algorithm ppo --vary learningRate=1e-4..1e-2")]
    [InlineData("sweep_unknown_names", "sweep --algorithm pppo --environment CartPol-v1 --vary learningRate=1e-4..1e-2 --threads 0")]
    [InlineData("sweep_without_ranges", "sweep --algorithm ppo --environment CartPole-v1")]
    [InlineData("sweep_several_problems", "sweep --algorithm ppo --environment CartPole-v1 --method gird --trials 1 --set clipRadius=7 --set lerningRate=1 --vary epochs=2,2")]
    [InlineData("sweep_wrong_ranges", "sweep --algorithm ppo --environment CartPole-v1 --vary lerningRate=1e-4..1e-2 --vary clipRadius=0.1..7 --vary epochs=4..2 --vary gamma")]
    [InlineData("sweep_few_test_seeds", "sweep --algorithm ppo --environment CartPole-v1 --vary epochs=2,4 --test-seeds 6")]
    [InlineData("sweep_first_round_too_short", "sweep --algorithm ppo --environment CartPole-v1 --plain --set steps=1024 --method halving --vary learningRate=1e-4..1e-2")]
    [InlineData("sweep_missing_file", "sweep --config nowhere.yaml")]
    [InlineData("sweep_metric_of_nobody", "sweep coin-tossing --arm biased --metric tails --vary bias=0.1..0.9")]
    public void Sweep_Mistakes_AreToldAtOnceAndNothingIsWritten(string name, string command)
    {
        using var folder = new TemporaryFolder();

        var answer = Tool.Run([.. command.Split(' '), "--out", folder.In("run")]);

        Assert.Equal(ExitCode.UserMistake, answer.ExitCode);
        Assert.False(Directory.Exists(folder.In("run")));
        Snapshot.Matches(answer.Transcript(folder.Path), name);
    }

    [Fact]
    public void Sweep_FileWithMistakes_NamesItsLines()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("sweep.yaml"), "algorithm: ppo\nenvironment: CartPole-v1\nmethd: grid\nseed: many\nscale: huge\nvary:\n  epochs: 2..4\nsettings:\n  clipRadius: 7\n");

        Snapshot.Matches(Tool.Run("sweep", "--config", folder.In("sweep.yaml"), "--out", folder.In("run")).Transcript(folder.Path));
    }
}
