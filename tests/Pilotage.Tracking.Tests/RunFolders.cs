using System.Text.Json;
using Pilotage.Algorithms;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports;
using Pilotage.Lab.Runs;
using Pilotage.Testing;

namespace Pilotage.Tracking.Tests;

/// <summary>Folders of runs as the program writes them, without running anything.</summary>
internal static class RunFolders
{
    /// <summary>A training that still goes on: two lines, one value that is not finite, and half a line.</summary>
    public static string Training(TemporaryFolder folder, string name = "train")
    {
        var run = RunFolder.Create(new(new() { Command = RunCommand.Train, Algorithm = "ppo", Environment = "CartPole-v1", Version = "1" }, PpoConfig.Schema, new PpoConfig()), folder.In(name), TimeProvider.System);
        using (var metrics = MetricsFile.Open(run.MetricsPath, 0))
        {
            metrics.Append(512, [new("episode_return", 21.5), new("approx_kl", double.NaN)]);
            metrics.Append(1024, [new("episode_return", 30), new("approx_kl", 1e-300), new("losses/value", -0.1)]);
        }
        File.AppendAllText(run.MetricsPath, "{\"step\":1536,\"episode_ret");
        return run.Path;
    }

    /// <summary>A finished comparison with trials.</summary>
    public static string Study(TemporaryFolder folder, string name = "study")
    {
        var run = RunFolder.Create(new(new() { Command = RunCommand.Run, System = "coins", Seed = 7, Version = "1" }, new("None", new object(), []), new object()), folder.In(name), TimeProvider.System);
        var trials = new TrialFolder(run.TrialsPath, "x");
        for (var seed = 0; seed < 3; seed++)
        {
            trials.Save("fair coin", seed, new([new("heads", "toss/1", 0.5 + seed), new("heads", "toss/2", 0.25)], 0.125));
            trials.Save("biased", seed, new([new("heads", "toss/1", 1)], 0.25));
        }
        run.WriteReport(ReportJson.Write(Report("coins")));
        return run.Path;
    }

    /// <summary>A finished application.</summary>
    public static string Apply(TemporaryFolder folder, string name = "apply")
    {
        var run = RunFolder.Create(new(new() { Command = RunCommand.Apply, System = "coins", Inputs = ["a, b.csv"], Version = "1" }, new("None", new object(), []), new object()), folder.In(name), TimeProvider.System);
        run.WriteReport("{\"schema\":\"pilotage-apply/1\",\"system\":\"coins\",\"headline\":\"Toss the \\\"dime\\\".\",\"columns\":[\"policy\",\"heads\"],\"rows\":[[\"dime\",\"0.6\"],[\"penny\",\"\"]],\"notes\":[],\"files\":[]}");
        return run.Path;
    }

    public static StudyReport Report(string system) => new(
        StudyReport.CurrentSchema, system, Scale.Laptop, [0, 1, 2], "machine", "managed", 1.5, [new("heads", "heads (share)", HigherIsBetter: true)],
        [
            new("fair coin", ArmKind.Heuristic, new Dictionary<string, MetricReport> { ["heads"] = new(0.5, 0.5, null, null, 3) }),
            new("biased", ArmKind.Method, new Dictionary<string, MetricReport> { ["heads"] = new(0.9, 0.91, 0.8, 1, 3) }),
        ],
        [new("biased", "fair coin", "heads", 0.4, 0.3, 0.5, 0.01, "t", true, 8)],
        [new("a", "The biased coin shows more, \"heads\"", "invented", Replication.Seed, Verdict.Reproduced, new(0.4, 0.3, 0.5, 0.01, 0.25, 3, "above 0", 0.05, 1, "t", ""))],
        new Dictionary<string, double>(), []);

    /// <summary>Writes another report into a run.</summary>
    public static string WithReport(string run, string json)
    {
        File.WriteAllText(Path.Combine(run, "report.json"), json);
        return run;
    }

    public static string Newer(TemporaryFolder folder) => WithReport(Training(folder, "newer"), JsonSerializer.Serialize(new Dictionary<string, string> { ["schema"] = "pilotage-report/2" }));
}
