using System.Net.Http.Headers;
using Pilotage.Testing;
using Pilotage.Tracking.Mlflow;
using Xunit;

namespace Pilotage.Tracking.Tests.Mlflow;

public sealed class MlflowServerTests
{
    [Fact]
    public void Add_ThreeKindsOfRuns_ArriveWhole()
    {
        using var folder = new TemporaryFolder();
        using var server = new MlflowFake();

        var export = Add(server, RunFolders.Training(folder), RunFolders.Study(folder), RunFolders.Apply(folder));

        Assert.Equal([$"{server.Address}#/experiments/1/runs/r1", $"{server.Address}#/experiments/2/runs/r2", $"{server.Address}#/experiments/3/runs/r3"], export.Pages);
        Assert.Empty(export.Notes);
        Assert.Equal(["Default", "ppo on CartPole-v1", "coins", "apply coins"], server.Experiments.Values);
        var (training, study) = (server.Runs["r1"], server.Runs["r2"]);
        Assert.Equal(("train", "RUNNING", "ppo on CartPole-v1, seed 0"), (training.Name, training.Status, training.Tags["pilotage.title"]));
        Assert.Equal([(512L, 21.5), (1024, 30)], training.Metrics["episode_return"].Select(point => (point.Step, point.Value)));
        Assert.Equal([double.NaN, 1e-300], training.Metrics["approx_kl"].Select(point => point.Value));
        Assert.Equal("0.00025", training.Parameters["settings.learningRate"]);
        Assert.Equal(["config.yaml", "metrics.jsonl"], training.Artifacts.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(File.ReadAllBytes(folder.In("train/config.yaml")), training.Artifacts["config.yaml"]);
        Assert.Equal(("FINISHED", "reproduced"), (study.Status, study.Tags["claim.a"]));
        Assert.True(study.Ended >= study.Started && study.Started > 1_600_000_000_000);
        Assert.All(study.Metrics.Values.SelectMany(points => points), point => Assert.Equal(study.Ended, point.Time));
        Assert.Equal([(0L, 0.375), (1, 0.875), (2, 1.375)], study.Metrics["seeds/fair coin/heads"].Select(point => (point.Step, point.Value)));
    }

    // Points, parameters and tags beyond MLflow's limits of one call; the fake refuses larger ones.
    [Fact]
    public void Add_ALongRun_GoesInLegalBatches()
    {
        using var folder = new TemporaryFolder();
        using var server = new MlflowFake();
        var wide = string.Concat(Enumerable.Repeat("λ", 6000));          // six signs each in JSON
        var run = TrackedRun.Read(RunFolders.Training(folder)) with
        {
            Metrics = [.. Enumerable.Range(0, 2_500).Select(i => new MetricPoint(i, "loss", i == 7 ? double.NegativeInfinity : i / 3.0))],
            Configuration = [.. Enumerable.Range(0, 250).Select(i => KeyValuePair.Create($"settings.k{i}", i % 2 == 0 ? wide : ""))],
        };

        using var connection = Connection(server);
        new MlflowServer(connection).Add([run]);

        var arrived = server.Runs["r1"];
        Assert.Equal(run.Metrics.Select(point => (point.Step, point.Value)), arrived.Metrics["loss"].Select(point => (point.Step, point.Value)));
        Assert.Equal(run.Configuration, arrived.Parameters);
        Assert.Equal(3 + 6 + 1, server.Calls.Count(call => call == "runs/log-batch"));
    }

    [Fact]
    public void Add_ARunThatWentOn_ReplacesItOnceTheNewOneIsWhole()
    {
        using var folder = new TemporaryFolder();
        using var server = new MlflowFake();
        var (run, other) = (RunFolders.Training(folder), RunFolders.Training(folder, "other"));
        Add(server, run, other);
        server.Calls.Clear();

        Add(server, run);

        Assert.Equal(["other", "train"], server.Active.Select(one => one.Name));
        Assert.True(server.Runs["r1"].IsDeleted);
        Assert.Equal("runs/delete", server.Calls[^1]);
        Assert.Single(server.Calls, "runs/delete");
    }

    [Theory]
    [InlineData("runs/log-batch")]
    [InlineData("/api/2.0/mlflow-artifacts/artifacts/1/r2/artifacts/report.json")]
    [InlineData("runs/update")]
    public void Add_AServerThatFailsOnTheWay_KeepsWhatItHad(string failing)
    {
        using var folder = new TemporaryFolder();
        using var server = new MlflowFake();
        var run = RunFolders.Study(folder);
        Add(server, run);
        server.Before = call => call == failing ? (500, "{\"error_code\":\"INTERNAL_ERROR\",\"message\":\"disk\\u001b[2J full\\nof logs.\"}") : null;

        var failure = Assert.Throws<RunFailedException>(() => Add(server, run));

        Assert.Equal($"study could not be written to {server.Address}: 500 INTERNAL_ERROR: disk[2J full of logs. What an earlier export wrote is kept: export again.", failure.Message);
        Assert.Equal("r1", Assert.Single(server.Active).Id);
    }

    [Fact]
    public void Add_ABusyServer_IsAskedAgainAsItSays()
    {
        using var folder = new TemporaryFolder();
        using var server = new MlflowFake();
        var (waits, busy) = (new List<TimeSpan>(), 2);
        server.Before = call => call == "runs/create" && busy-- > 0 ? (429, "slow down") : null;

        using var connection = new MlflowConnection(new(server.Address), null, waits.Add);
        new MlflowServer(connection).Add([TrackedRun.Read(RunFolders.Apply(folder))]);

        Assert.Equal([TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(7)], waits);
        Assert.Single(server.Runs);
    }

    [Fact]
    public void Add_AServerThatStaysBusy_FailsInTheEnd()
    {
        using var folder = new TemporaryFolder();
        using var server = new MlflowFake { Before = call => call == "runs/create" ? (503, "") : null };
        var waits = 0;

        using var connection = new MlflowConnection(new(server.Address), null, _ => waits++);

        Assert.Contains(": 503 Service Unavailable.", Assert.Throws<RunFailedException>(() => new MlflowServer(connection).Add([TrackedRun.Read(RunFolders.Apply(folder))])).Message, StringComparison.Ordinal);
        Assert.Equal(4, waits);
    }

    // A database of artifacts elsewhere wants credentials of its own, which we have not.
    [Theory]
    [InlineData("s3://bucket/")]
    [InlineData("/var/artifacts/")]
    [InlineData("mlflow-artifacts://other-host:5000/")]
    public void Add_AServerThatTakesNoArtifacts_IsTold(string root)
    {
        using var folder = new TemporaryFolder();
        using var server = new MlflowFake { ArtifactRoot = root };

        var export = Add(server, RunFolders.Study(folder));

        Assert.Equal($"Reports and figures were not uploaded: the server keeps artifacts of this experiment at {root}1/r1/artifacts and takes none itself (mlflow server --serve-artifacts does).", Assert.Single(export.Notes));
        Assert.Equal("FINISHED", server.Runs["r1"].Status);
        Assert.Empty(server.Runs["r1"].Artifacts);
    }

    [Fact]
    public void Add_ADeletedExperiment_IsTold()
    {
        using var folder = new TemporaryFolder();
        using var server = new MlflowFake();
        Add(server, RunFolders.Study(folder));
        server.DeletedExperiments.Add("coins");

        Assert.Contains("the experiment \"coins\" was deleted there and still holds its name", Assert.Throws<RunFailedException>(() => Add(server, folder.In("study"))).Message, StringComparison.Ordinal);
    }

    // Two exports at once: the other one made the experiment between our look and our making it.
    [Fact]
    public void Add_AnExperimentMadeMeanwhile_IsJoined()
    {
        using var folder = new TemporaryFolder();
        using var server = new MlflowFake();
        server.Before = call =>
        {
            if (call == "experiments/create") server.Experiments["7"] = "coins";
            return null;
        };

        Assert.Equal($"{server.Address}#/experiments/7/runs/r1", Add(server, RunFolders.Study(folder)).Pages.Single());
    }

    [Fact]
    public void Check_ServersThatCannotBeUsed_AreTold()
    {
        using var closed = new MlflowFake { Authorization = "Basic bWU6c2VjcmV0" };
        using var other = new MlflowFake { Before = _ => (404, "<html>Not Found</html>") };
        using var page = new MlflowFake { Before = _ => (200, "<html>Welcome</html>") };
        using var moved = new MlflowFake { Before = _ => (302, "") };
        using var host = new MlflowFake { Before = _ => (403, "Invalid Host header") };
        var gone = new MlflowFake();
        gone.Dispose();

        var problems = new[] { closed, other, page, moved, host, gone }.Select(server =>
        {
            using var connection = Connection(server);
            return Assert.Throws<UserMistakeException>(new MlflowServer(connection).Check).Problems.Single().Replace(server.Address, "SERVER/", StringComparison.Ordinal);
        });

        Snapshot.Matches(string.Join("\n", problems));
    }

    [Fact]
    public void Check_TheRightPassword_IsLetIn()
    {
        using var server = new MlflowFake { Authorization = "Basic bWU6c2VjcmV0" };

        using var connection = Connection(server, new AuthenticationHeaderValue("Basic", "bWU6c2VjcmV0"));

        new MlflowServer(connection).Check();
    }

    // With the address of a server that MLflow itself runs, the same against it: PILOTAGE_TEST_MLFLOW=http://127.0.0.1:5000
    [Fact]
    public void Add_ToMlflowItself_IsTakenAndReplaced()
    {
        var address = Environment.GetEnvironmentVariable("PILOTAGE_TEST_MLFLOW");
        Assert.SkipWhen(address is null, "PILOTAGE_TEST_MLFLOW does not name a tracking server of MLflow's.");
        using var folder = new TemporaryFolder();
        var run = RunFolders.Study(folder);
        RunExport.CheckServer(address);
        var first = RunExport.ToMlflowServer([run], address).Pages.Single();

        var second = RunExport.ToMlflowServer([run, RunFolders.Training(folder)], address).Pages[0];

        using var client = new HttpClient();
        string Run(string page) => client.GetStringAsync($"{address}/api/2.0/mlflow/runs/get?run_id={page.Split('/')[^1]}", TestContext.Current.CancellationToken).GetAwaiter().GetResult().ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal);
        Assert.Contains("\"lifecycle_stage\":\"deleted\"", Run(first), StringComparison.Ordinal);
        Assert.Contains("\"lifecycle_stage\":\"active\"", Run(second), StringComparison.Ordinal);
        Assert.Contains("\"key\":\"arms/biased/heads\",\"value\":0.9", Run(second), StringComparison.Ordinal);
    }

    private static ServerExport Add(MlflowFake server, params string[] runs)
    {
        using var connection = Connection(server);
        return new MlflowServer(connection).Add([.. runs.Select(TrackedRun.Read)]);
    }

    private static MlflowConnection Connection(MlflowFake server, AuthenticationHeaderValue? credentials = null) => new(new(server.Address), credentials, _ => { });
}
