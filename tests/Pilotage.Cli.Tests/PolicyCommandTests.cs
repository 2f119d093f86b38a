using System.Text.Json;
using Pilotage.Evaluation.Reports;
using Pilotage.Policies;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Cli.Tests;

/// <summary>evaluate, compare, export and list runs, on tiny trainings.</summary>
public sealed class PolicyCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Evaluate_ARun_ShowsThePolicyBesideTheHeuristic()
    {
        Train("run");

        var answer = Tool.Run("evaluate", _folder.In("run"), "--episodes", "20");

        Assert.Equal(ExitCode.Ok, answer.ExitCode);
        Snapshot.Matches(answer.Transcript(_folder.Path));
    }

    [Fact]
    public void Evaluate_WithOutAndFilm_KeepsReportPageFiguresFilmAndStrip()
    {
        Train("run");

        var answer = Tool.Run("evaluate", _folder.In("run"), "--episodes", "5", "--json", "--out", _folder.In("kept"), "--film", _folder.In("film.gif"));

        Assert.True(answer.ExitCode == ExitCode.Ok, answer.Error);
        Assert.Equal(File.ReadAllText(_folder.In("kept", "report.json")), answer.Output);
        Assert.All(["kept/report.html", "kept/plots/arms.svg", "film.gif", "film.png"], file => Assert.True(File.Exists(_folder.In(file)), file));
    }

    [Fact]
    public void Evaluate_AnUnfinishedRun_TakesTheLastCheckpoint()
    {
        Train("run");
        var finished = Tool.Run("evaluate", _folder.In("run"), "--episodes", "5", "--json");
        File.Delete(_folder.In("run", "report.json"));
        Directory.Delete(_folder.In("run", "policy"), recursive: true);

        var unfinished = Tool.Run("evaluate", _folder.In("run"), "--episodes", "5", "--json");

        Assert.True(unfinished.ExitCode == ExitCode.Ok, unfinished.Error);
        Assert.Equal(Bits(finished), Bits(unfinished));
    }

    [Fact]
    public void Evaluate_AnExportedPolicy_GivesTheBitsOfTheRun()
    {
        Train("run");
        var exported = Tool.Run("export", _folder.In("run"), "--out", _folder.In("policy"));

        Assert.Equal(ExitCode.Ok, exported.ExitCode);
        var (own, kept) = (Tool.Run("evaluate", _folder.In("run"), "--episodes", "5", "--json"), Tool.Run("evaluate", _folder.In("policy"), "--episodes", "5", "--json"));
        Assert.Equal(Bits(own), Bits(kept).Replace("\"policy\"", "\"run\"", StringComparison.Ordinal));
        Assert.Equal(PolicyFile.ReadManifest(_folder.In("run")).ParameterHash, PolicyFile.ReadManifest(_folder.In("policy")).ParameterHash);
        Snapshot.Matches(System.Text.RegularExpressions.Regex.Replace(exported.Transcript(_folder.Path), "[0-9a-f]{16}…", "HASH…"));
    }

    [Theory]
    [InlineData("dqn", "CartPole-v1")]
    [InlineData("q-learning", "MountainCar-v0")]
    [InlineData("ppo", "Pendulum-v1")]
    public void Export_OtherKinds_AreReadBack(string algorithm, string environment)
    {
        string[] tiny = algorithm switch { "dqn" => ["--set", "learningStarts=100", "--set", "capacity=500", "--set", "hidden=[8]"], "ppo" => Tiny, _ => [] };
        var trained = Tool.Run(["train", "-a", algorithm, "-e", environment, "--steps", "600", "--evaluate-episodes", "1", "--out", _folder.In("run"), .. tiny]);
        Assert.True(trained.ExitCode == ExitCode.Ok, trained.Error);

        var answer = Tool.Run("export", _folder.In("run"), "--out", _folder.In("policy"), "--json");

        Assert.True(answer.ExitCode == ExitCode.Ok, answer.Error);
        Assert.Equal(environment, JsonDocument.Parse(answer.Output).RootElement.GetProperty("environment").GetProperty("name").GetString());
        Assert.NotEmpty(PolicyFile.Load(_folder.In("policy")).Weights);
    }

    [Fact]
    public void Export_AsOnnx_WritesOneFileAndSaysWhich()
    {
        Train("run");

        var told = Tool.Run("export", _folder.In("run"), "--out", _folder.In("told"), "--format", "onnx");
        var json = Tool.Run("export", _folder.In("run"), "--out", _folder.In("json"), "--format", "onnx", "--json");

        Assert.Equal(["policy.onnx"], Directory.GetFiles(_folder.In("told")).Select(Path.GetFileName));
        Assert.Equal(File.ReadAllBytes(_folder.In("told", "policy.onnx")), File.ReadAllBytes(JsonDocument.Parse(json.Output).RootElement.GetProperty("file").GetString()!));
        Assert.Equal(PolicyFile.ReadManifest(_folder.In("run")).ParameterHash, JsonDocument.Parse(json.Output).RootElement.GetProperty("parameterHash").GetString());
        Snapshot.Matches(System.Text.RegularExpressions.Regex.Replace(told.Transcript(_folder.Path), "[0-9a-f]{16}…", "HASH…"));
    }

    [Fact]
    public void Compare_TwoRuns_ShowsDifferenceIntervalAndWinsOnTheSameEpisodes()
    {
        Train("one");
        Train("two", seed: 5);

        var answer = Tool.Run("compare", _folder.In("one"), _folder.In("two"), "--episodes", "20");

        Assert.Equal(ExitCode.Ok, answer.ExitCode);
        Snapshot.Matches(answer.Transcript(_folder.Path));
    }

    [Fact]
    public void Compare_SeveralTrainingSeeds_AreOneRowWithABand()
    {
        for (var seed = 0; seed < 3; seed++) Train($"s{seed}", seed);

        var answer = Tool.Run("compare", "heuristic", $"tiny={_folder.In("s0")},{_folder.In("s1")},{_folder.In("s2")}", "--episodes", "5", "--json", "--out", _folder.In("kept"));

        var report = ReportJson.Read(answer.Output, "output");
        Assert.Equal(["heuristic", "tiny"], report.Arms.Select(arm => arm.Name));
        Assert.Equal(3, report.Comparisons.Single().Units);
        Assert.Contains("3 seeds", report.Comparisons.Single().Test);
        Assert.Contains("band", File.ReadAllText(_folder.In("kept", "plots", "learning-curves.svg")));
    }

    [Theory]
    [InlineData("different environments", "compare RUN OTHER")]
    [InlineData("wrong environment", "evaluate RUN --environment Pendulum-v1")]
    [InlineData("truncated policy", "evaluate RUN")]
    [InlineData("weights that are no numbers", "compare heuristic RUN")]
    [InlineData("neither policy nor checkpoint", "export RUN --out NEW")]
    [InlineData("folder of a study", "evaluate STUDY")]
    [InlineData("folder holds files", "export RUN --out OTHER")]
    [InlineData("folder is a file", "evaluate RUN --out RUN/config.yaml")]
    public void Mistake_WithARun_IsToldAndNothingIsWritten(string problem, string command)
    {
        Train("run");
        if (command.Contains("OTHER", StringComparison.Ordinal)) Train("other", environment: "Pendulum-v1");
        if (problem == "folder of a study") Tool.Run("run", "coin-tossing", "--scale", "smoke", "--out", _folder.In("study"));
        var weights = _folder.In("run", "policy", "policy.safetensors");
        if (problem == "truncated policy") File.WriteAllBytes(weights, File.ReadAllBytes(weights)[..^100]);
        if (problem == "weights that are no numbers")
        {
            var bytes = File.ReadAllBytes(weights);
            BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - 4), float.NaN);
            File.WriteAllBytes(weights, bytes);
        }
        if (problem == "neither policy nor checkpoint")
        {
            foreach (var name in new[] { "policy", "checkpoints" }) Directory.Delete(_folder.In("run", name), recursive: true);
        }
        string Place(string word) => word.Replace("RUN", _folder.In("run"), StringComparison.Ordinal).Replace("OTHER", _folder.In("other"), StringComparison.Ordinal)
            .Replace("STUDY", _folder.In("study"), StringComparison.Ordinal).Replace("NEW", _folder.In("new"), StringComparison.Ordinal);

        var answer = Tool.Run([.. command.Split(' ').Select(Place)]);

        Assert.Equal(ExitCode.UserMistake, answer.ExitCode);
        Assert.Empty(answer.Output);
        Assert.DoesNotContain("   at ", answer.Error);
        Assert.False(Directory.Exists(_folder.In("new")));
        Snapshot.Matches(System.Text.RegularExpressions.Regex.Replace(answer.Transcript(_folder.Path), @"\b\d{3,} (bytes|follow)|describes \d+|and \d+ follow", "N"), problem.Replace(' ', '_'));
    }

    [Fact]
    public void List_Runs_ShowsThemNewestFirstWithTheirAnswer()
    {
        Train("runs/a");
        Train("runs/b");
        File.Delete(_folder.In("runs", "b", "report.json"));
        Directory.CreateDirectory(_folder.In("runs", "c"));
        File.WriteAllText(_folder.In("runs", "c", "config.yaml"), "run: [");
        foreach (var (name, hour) in new[] { ("a", 1), ("b", 2), ("c", 3) }) File.SetLastWriteTimeUtc(_folder.In("runs", name, "config.yaml"), new DateTime(2026, 1, 1, hour, 0, 0, DateTimeKind.Utc));

        var answer = Tool.Run("list", "runs", "--runs", _folder.In("runs"));

        Assert.Equal(ExitCode.Ok, answer.ExitCode);
        Snapshot.Matches(answer.Transcript(_folder.Path));
        using var document = JsonDocument.Parse(Tool.Run("list", "runs", "--json", "--runs", _folder.In("runs")).Output);
        Assert.Equal(["broken", "unfinished", "finished"], document.RootElement.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("status").GetString()));
        Assert.Contains(_folder.In("runs", "a"), Tool.Run("list", "policies", "--runs", _folder.In("runs")).Output);
    }

    [Fact]
    public void List_RunsOfNoFolder_SaysHowToMakeSome()
    {
        var answer = Tool.Run("list", "runs", "--runs", _folder.In("nowhere"));

        Assert.Equal(ExitCode.Ok, answer.ExitCode);
        Assert.Contains("No runs in", answer.Output);
    }

    // All that the presets of an environment may change, so that tuning one breaks no text.
    private static readonly string[] Tiny =
    [
        "--set", "environmentCount=2", "--set", "horizon=64", "--set", "minibatches=4", "--set", "epochs=4", "--set", "hidden=[8]", "--set", "learningRate=0.001",
        "--set", "discount=0.99", "--set", "traceDecay=0.95", "--set", "clipRadius=0.2", "--set", "entropyWeight=0.01", "--set", "annealLearningRate=true",
        "--set", "normalizeObservations=false", "--set", "normalizeRewards=false",
    ];

    private void Train(string name, int seed = 3, string environment = "CartPole-v1")
    {
        var answer = Tool.Run(["train", "-a", "ppo", "-e", environment, "--steps", "1024", "--seed", $"{seed}", "--evaluate-episodes", "2", "--out", _folder.In(name), .. Tiny]);
        Assert.True(answer.ExitCode == ExitCode.Ok, answer.Error);
    }

    private static string Bits(Answer answer) => ReportJson.Write(ReportJson.Read(answer.Output, "output").WithoutCircumstances());
}
