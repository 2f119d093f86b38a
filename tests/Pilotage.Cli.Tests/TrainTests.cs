using System.Text.RegularExpressions;
using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Evaluation.Reports;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Cli.Tests;

public sealed partial class TrainTests
{
    // Each algorithm on each environment that it can learn.
    public static TheoryData<string, string> Pairs
    {
        get
        {
            var pairs = new TheoryData<string, string>();
            foreach (var algorithm in AlgorithmCatalog.All)
                foreach (var environment in EnvironmentCatalog.All.Where(entry => algorithm.Refusal(entry.Spec) is null)) pairs.Add(algorithm.Name, environment.Name);
            return pairs;
        }
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void Train_EachAlgorithmOnEachEnvironment_RunsToItsReport(string algorithm, string environment)
    {
        using var folder = new TemporaryFolder();

        var answer = Tool.Run(["train", "--algorithm", algorithm, "--environment", environment, "--evaluate-episodes", "2", "--json", "--out", folder.In("run"), .. Tiny(algorithm)]);

        Assert.True(answer.ExitCode == ExitCode.Ok, answer.Error);
        var report = ReportJson.Read(answer.Output, "output");
        Assert.Equal(["heuristic", algorithm], report.Arms.Select(arm => arm.Name));
        Assert.Equal(64, report.ParameterHash!.Length);
    }

    [Fact]
    public void Train_SameSeedTwice_GivesTheSameBitsAndAnotherSeedOthers()
    {
        using var folder = new TemporaryFolder();

        var hashes = new[] { ("a", "1"), ("b", "1"), ("c", "2") }.Select(run => Hash(folder, run.Item1, "--seed", run.Item2)).ToList();

        Assert.Equal(hashes[0], hashes[1]);
        Assert.NotEqual(hashes[0], hashes[2]);
    }

    [Fact]
    public void Train_Summary_ShowsCurveTableHashAndShares()
    {
        using var folder = new TemporaryFolder();

        var answer = Tool.Run(["train", "-a", "ppo", "-e", "CartPole-v1", "--evaluate-episodes", "3", "--out", folder.In("run"), .. Tiny("ppo")]);

        // The curve and all figures repeat; how long it took does not.
        Snapshot.Matches(Times().Replace(answer.Transcript(folder.Path), "TIMES"));
    }

    [Fact]
    public void Train_RolloutThreads_GivesTheSameHashAndSaysWhatTheLedgerCounted()
    {
        using var folder = new TemporaryFolder();
        var alone = Hash(folder, "alone");

        var answer = Tool.Run(["train", "-a", "ppo", "-e", "CartPole-v1", "--evaluate-episodes", "1", "--rollout-threads", "2", "--out", folder.In("run"), .. Tiny("ppo")]);

        Assert.True(answer.ExitCode == ExitCode.Ok, answer.Error);
        Assert.Contains($"Parameters {alone[..16]}…", answer.Output, StringComparison.Ordinal);
        // 8 rollouts of two rows, one piece for each.
        Assert.Contains("Rollouts by workers: 16 pieces, each learned from once; 0 lost and played again, 0", string.Join(' ', answer.Output.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        File.Delete(folder.In("run", "report.json"));
        Assert.Equal(alone, ReportJson.Read(Tool.Run("resume", folder.In("run"), "--rollout-threads", "3", "--json").Output, "resumed").ParameterHash);
    }

    [Fact]
    public void Resume_OtherSettings_IsRefused()
    {
        using var folder = new TemporaryFolder();
        Interrupted(folder);
        var config = folder.In("run", "config.yaml");
        File.WriteAllText(config, File.ReadAllText(config).Replace("discount: 0.99", "discount: 0.9", StringComparison.Ordinal));

        var answer = Tool.Run("resume", folder.In("run"));

        Assert.Equal(ExitCode.UserMistake, answer.ExitCode);

        Snapshot.Matches(Hashes().Replace(answer.Transcript(folder.Path), "HASH"));
    }

    [Theory]
    [InlineData("truncated")]
    [InlineData("corrupt")]
    public void Resume_BadCheckpoint_IsToldWithoutAStackTrace(string damage)
    {
        using var folder = new TemporaryFolder();
        Interrupted(folder);
        var path = Assert.Single(Directory.GetFiles(folder.In("run", "checkpoints")));
        var bytes = File.ReadAllBytes(path);
        if (damage == "corrupt") bytes[^10] ^= 1;
        File.WriteAllBytes(path, damage == "truncated" ? bytes[..(bytes.Length / 2)] : bytes);

        var answer = Tool.Run("resume", folder.In("run"));

        Assert.Equal(ExitCode.UserMistake, answer.ExitCode);
        Assert.DoesNotContain("   at ", answer.Error);
        Snapshot.Matches(Numbers().Replace(answer.Transcript(folder.Path), "N"), $"checkpoint_{damage}");
    }

    [Fact]
    public void Train_FolderThatCannotBeMade_IsAMistake()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.In("file"), "");

        var answer = Tool.Run("train", "-a", "ppo", "-e", "CartPole-v1", "--out", folder.In("file", "run"));

        Assert.Equal(ExitCode.UserMistake, answer.ExitCode);
        Assert.Contains("PIL0202", answer.Error);
    }

    private static string[] Tiny(string algorithm) => algorithm switch
    {
        // All that the presets of an environment may change, so that tuning one breaks no text.
        "ppo" =>
        [
            "--steps", "1024", "--set", "environmentCount=2", "--set", "horizon=64", "--set", "minibatches=4", "--set", "epochs=4", "--set", "hidden=[8]",
            "--set", "learningRate=0.001", "--set", "discount=0.99", "--set", "traceDecay=0.95", "--set", "clipRadius=0.2", "--set", "entropyWeight=0.01",
            "--set", "annealLearningRate=true", "--set", "normalizeObservations=false", "--set", "normalizeRewards=false",
        ],
        "dqn" => ["--steps", "600", "--set", "learningStarts=100", "--set", "capacity=500", "--set", "hidden=[8]", "--set", "environmentCount=1"],
        "recurrent-ppo" => ["--steps", "512", "--set", "environmentCount=4", "--set", "horizon=32", "--set", "minibatches=2", "--set", "memoryUnits=8", "--set", "hidden=[8]"],
        "a2c" or "impala" => ["--steps", "1000", "--set", "environmentCount=4", "--set", "horizon=5", "--set", "hidden=[8]"],
        "reinforce" => ["--steps", "1000", "--set", "episodesPerUpdate=4", "--set", "hidden=[8]"],
        _ => ["--steps", "1000"],
    };

    private static string Hash(TemporaryFolder folder, string name, params string[] more)
    {
        var answer = Tool.Run(["train", "-a", "ppo", "-e", "CartPole-v1", "--evaluate-episodes", "1", "--json", "--out", folder.In(name), .. Tiny("ppo"), .. more]);
        return ReportJson.Read(answer.Output, name).ParameterHash!;
    }

    // A finished training without its report is one that was stopped during the evaluation.
    private static void Interrupted(TemporaryFolder folder)
    {
        Hash(folder, "run");
        File.Delete(folder.In("run", "report.json"));
    }

    [GeneratedRegex(@"[\d.]+\s+s,\s+[\d,]+\s+steps/s\s+\(.*?\)", RegexOptions.Singleline)]
    private static partial Regex Times();

    [GeneratedRegex(@"\b[0-9a-f]{12}\b")]
    private static partial Regex Hashes();

    [GeneratedRegex(@"\b\d{3,}\b(?!\.safetensors)")]
    private static partial Regex Numbers();
}
