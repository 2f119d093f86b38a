using System.Globalization;
using System.Text;
using Pilotage.Algorithms;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports;
using Pilotage.Lab.Runs;

namespace Pilotage.Dashboard.Tests.Board;

/// <summary>Folders of runs as the lab leaves them, without anything having run.</summary>
internal sealed class SampleRuns(string folder)
{
    private static readonly Metric Return = new("return", "return (points per episode)", HigherIsBetter: true);

    public string Folder => folder;

    public string In(string run, string file = "") => Path.Combine(folder, run, file);

    /// <summary>A training on its way.</summary>
    public SampleRuns Training(string name, int lines = 20, long seed = 3, string algorithm = "ppo", int minutesAgo = 0)
    {
        Directory.CreateDirectory(In(name, "checkpoints"));
        var header = new RunHeader { Command = RunCommand.Train, Algorithm = algorithm, Environment = "CartPole-v1", Seed = seed, Version = "0.1.0" };
        File.WriteAllText(In(name, "config.yaml"), new RunConfiguration(header, PpoConfig.Schema, new PpoConfig { Steps = 20_000 }).ToYaml());
        Write(name, lines);
        File.SetLastWriteTimeUtc(In(name, "config.yaml"), new DateTime(2026, 5, 4, 12, 0, 0, DateTimeKind.Utc).AddMinutes(-minutesAgo));
        return this;
    }

    /// <summary>More lines of metrics, as a training writes them.</summary>
    public void Write(string name, int lines, int first = 0)
    {
        var text = new StringBuilder();
        for (var i = first; i < first + lines; i++) text.Append(CultureInfo.InvariantCulture, $"{{\"step\":{(i + 1) * 1000},\"episode_return\":{20 + 10 * i},\"entropy\":{(i == 0 ? "null" : $"{0.7 - 0.01 * i:F3}")}}}\n");
        File.AppendAllText(In(name, "metrics.jsonl"), text.ToString());
    }

    /// <summary>A training that has ended.</summary>
    public SampleRuns Finished(string name, double mean = 480, long seed = 3, string algorithm = "ppo", int minutesAgo = 0)
    {
        Training(name, 20, seed, algorithm, minutesAgo).Report(name, mean, seed, algorithm);
        return this;
    }

    /// <summary>What a training writes at its end.</summary>
    public void Report(string name, double mean = 480, long seed = 3, string algorithm = "ppo")
    {
        var report = new StudyReport(
            StudyReport.CurrentSchema, $"{algorithm}-CartPole-v1", Scale.Laptop, [(int)seed], "a machine", "managed", 12.5, [Return],
            [new("heuristic", ArmKind.Heuristic, Only(200, 190, 210)), new(algorithm, ArmKind.Method, Only(mean, mean - 5, mean + 5))],
            [new(algorithm, "heuristic", "return", mean - 200, mean - 211, mean - 189, mean == 200 ? 0.9 : 1e-6, "Welch's t over episodes", Paired: false, 100)], [],
            new Dictionary<string, double> { ["environment"] = 2, ["act"] = 3, ["learn"] = 5, ["stepsPerSecond"] = 2000 }, ["config.yaml"])
        {
            ParameterHash = new('a', 64),
        };
        File.WriteAllText(In(name, "report.json"), ReportJson.Write(report));
    }

    /// <summary>A comparison that has ended, with claims.</summary>
    public SampleRuns Study(string name, int minutesAgo = 0)
    {
        Comparison(name, minutesAgo);
        var evidence = new Evidence(0.4, 0.2, 0.6, 0.001, 0.0001, 10, "above 0", 0.05, 1, "sign-flip over seeds", "");
        var report = new StudyReport(
            StudyReport.CurrentSchema, "cloud-autoscaling", Scale.Laptop, [0, 1, 2], "a machine", "managed", 61, [Return, new("cost", "cost", HigherIsBetter: false)],
            [new("threshold", ArmKind.Heuristic, Only(1, 0.9, 1.1)), new("q-learning", ArmKind.Method, Only(1.4, 1.3, 1.5)), new("sarsa", ArmKind.Method, Only(0.6, 0.5, 0.7))],
            [
                new("q-learning", "threshold", "return", 0.4, 0.2, 0.6, 0.001, "sign-flip over seeds", Paired: true, 10),
                new("sarsa", "threshold", "return", -0.4, -0.6, -0.2, 0.001, "sign-flip over seeds", Paired: true, 10),
            ],
            [
                new("a", "The best learner beats the threshold", "section 5", Replication.Seed, Verdict.Reproduced, evidence),
                new("b", "SARSA does too", "section 5", Replication.Seed, Verdict.NotReproduced, evidence with { Estimate = -0.4, Low = -0.6, High = -0.2 }),
            ],
            new Dictionary<string, double> { ["arm:q-learning"] = 30, ["arm:sarsa"] = 31 }, ["config.yaml"]);
        File.WriteAllText(In(name, "report.json"), ReportJson.Write(report));
        Directory.CreateDirectory(In(name, "plots"));
        File.WriteAllText(In(name, "plots/frontier.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"><rect width=\"10\" height=\"10\"/></svg>");
        return this;
    }

    /// <summary>A comparison with some finished trials.</summary>
    public SampleRuns Comparison(string name, int minutesAgo = 0)
    {
        Directory.CreateDirectory(In(name, "trials"));
        File.WriteAllText(In(name, "config.yaml"), "run:\n  command: run\n  system: cloud-autoscaling\n  scale: laptop\n");
        File.SetLastWriteTimeUtc(In(name, "config.yaml"), new DateTime(2026, 5, 4, 12, 0, 0, DateTimeKind.Utc).AddMinutes(-minutesAgo));
        for (var seed = 0; seed < 3; seed++) Trial(name, seed, seed + 1);
        return this;
    }

    /// <summary>What a comparison writes down of its way: two arms, of which one has finished.</summary>
    public SampleRuns Progress(string name, int done = 3, double? secondsLeft = 75)
    {
        var arms = FormattableString.Invariant($"{{\"phase\":\"\",\"arm\":\"threshold\",\"kind\":\"Heuristic\",\"done\":1,\"trials\":1,\"mean\":1.25,\"seconds\":0.5}},{{\"phase\":\"\",\"arm\":\"q-learning\",\"kind\":\"Method\",\"done\":{done - 1},\"trials\":8,\"mean\":1.5,\"seconds\":4}}");
        File.WriteAllText(In(name, "progress.json"), FormattableString.Invariant(
            $"{{\"schema\":\"pilotage-progress/1\",\"done\":{done},\"total\":9,\"isAtMost\":false,\"metric\":\"reward (points)\",\"elapsedSeconds\":61.5{(secondsLeft is { } left ? FormattableString.Invariant($",\"secondsLeft\":{left}") : "")},\"arms\":[{arms}]}}"));
        return this;
    }

    /// <summary>A finished trial: two instances whose mean is given.</summary>
    public void Trial(string name, int seed, double mean) => File.WriteAllText(
        In(name, $"trials/q-learning.{seed}.json"),
        FormattableString.Invariant($"{{\"study\":\"x\",\"arm\":\"q-learning\",\"seed\":{seed},\"elapsedSeconds\":2,\"measurements\":[{{\"metric\":\"timing/act\",\"instance\":\"\",\"value\":9}},{{\"metric\":\"reward\",\"instance\":\"d1\",\"value\":{mean - 1}}},{{\"metric\":\"reward\",\"instance\":\"d2\",\"value\":{mean + 1}}}]}}"));

    /// <summary>A run that ended with a reason.</summary>
    public SampleRuns Failed(string name, int minutesAgo = 0)
    {
        Training(name, 5, minutesAgo: minutesAgo);
        File.WriteAllText(In(name, "failure.txt"), "After step 5,000: the loss is not finite. The last good checkpoint is steps-4000.\n");
        return this;
    }

    /// <summary>A run of a version that is not here yet.</summary>
    public SampleRuns Newer(string name)
    {
        Training(name);
        File.WriteAllText(In(name, "report.json"), "{\"schema\":\"pilotage-report/2\"}");
        return this;
    }

    /// <summary>A run whose configuration cannot be read.</summary>
    public SampleRuns Broken(string name)
    {
        Directory.CreateDirectory(In(name));
        File.WriteAllText(In(name, "config.yaml"), "run:\n  command: fly\n");
        return this;
    }

    /// <summary>A user's own problem.</summary>
    public SampleRuns Applied(string name)
    {
        Directory.CreateDirectory(In(name));
        File.WriteAllText(In(name, "config.yaml"), "run:\n  command: apply\n  system: cloud-autoscaling\n  inputs: [history.csv]\n");
        File.WriteAllText(In(name, "report.json"), """{"schema":"pilotage-apply/1","system":"cloud-autoscaling","headline":"Use q-learning: it costs 12 % less.","columns":["policy","cost"],"rows":[["q-learning","1.2"],["threshold","1.4"]],"notes":["Seven days were held back."],"files":[]}""");
        return this;
    }

    private static Dictionary<string, MetricReport> Only(double mean, double low, double high) => new() { ["return"] = new(mean, mean, low, high, 10) };
}
