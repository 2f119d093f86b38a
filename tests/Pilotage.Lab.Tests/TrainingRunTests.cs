using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Evaluation.Reports;
using Pilotage.Lab.Runs;
using Pilotage.Settings;
using Xunit;

namespace Pilotage.Lab.Tests;

public sealed class TrainingRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pilotage-training-").FullName;

    // Cloning is one iteration, so that nothing can interrupt it.
    public static TheoryData<string> Algorithms => [.. AlgorithmCatalog.All.Select(entry => entry.Name).Where(name => name != "bc")];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Run_InterruptedAndResumedTwice_EqualsTheUninterruptedRun(string algorithm)
    {
        var whole = Begin(algorithm, "whole", checkpointEvery: 1_000_000).Run(progress: null, CancellationToken.None);

        InterruptAt(600, Begin(algorithm, "parts", checkpointEvery: 1_000));
        InterruptAt(1_500, Resume("parts"));
        var resumed = Resume("parts").Run(progress: null, CancellationToken.None);

        Assert.Equal(whole.ParameterHash, resumed.ParameterHash);
        Assert.Equal(whole.Evaluation, resumed.Evaluation);
        Assert.Equal(File.ReadAllText(In("whole", "metrics.jsonl")), File.ReadAllText(In("parts", "metrics.jsonl")));
    }

    [Fact]
    public void Resume_AfterAKillBetweenCheckpoints_ReplaysFromTheLastOne()
    {
        var whole = Begin("ppo", "whole", checkpointEvery: 1_000_000).Run(progress: null, CancellationToken.None);
        InterruptAt(1_500, Begin("ppo", "killed", checkpointEvery: 1_000));
        // As a kill leaves it: the checkpoint of the interruption was never written, the metrics beyond the one before were.
        File.Delete(Directory.GetFiles(In("killed", "checkpoints")).Order().Last());

        var resumed = Resume("killed").Run(progress: null, CancellationToken.None);

        Assert.Equal(whole.ParameterHash, resumed.ParameterHash);
        Assert.Equal(File.ReadAllText(In("whole", "metrics.jsonl")), File.ReadAllText(In("killed", "metrics.jsonl")));
    }

    [Fact]
    public void Resume_BeforeTheFirstCheckpoint_BeginsAgainAndSaysSo()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => Begin("ppo", "early", checkpointEvery: 1_000).Run(progress: null, cancelled.Token));

        var run = Resume("early");

        Assert.Equal(0, run.StepsDone);
        Assert.Single(run.Messages);
        Assert.NotNull(run.Run(progress: null, CancellationToken.None).ParameterHash);
    }

    [Fact]
    public void Run_Interrupted_LeavesThePolicyOfItsLastCheckpoint()
    {
        InterruptAt(1_500, Begin("ppo", "parts", checkpointEvery: 1_000));
        var manifest = Pilotage.Policies.PolicyFile.ReadManifest(In("parts"));
        var run = Resume("parts");

        Assert.Equal(run.StepsDone, manifest.Source!.Steps);
        Assert.Equal(Pilotage.Training.ParameterHash.Of(((Pilotage.Policies.IPortablePolicy)run.Policy).Weights), manifest.ParameterHash);
    }

    [Fact]
    public void Run_Finished_LeavesPageFiguresEventsAndPolicy()
    {
        var run = Begin("ppo", "whole", checkpointEvery: 1_000);
        run.Run(progress: null, CancellationToken.None);
        InterruptAt(1_500, Begin("ppo", "parts", checkpointEvery: 1_000));
        Resume("parts").Run(progress: null, CancellationToken.None);

        Assert.True(File.Exists(In("whole", "report.html")));
        Assert.True(File.Exists(In("whole", "plots", "learning-curve.svg")));
        var events = new[] { "whole", "parts" }.Select(name => TensorBoard.EventReader.Read(Assert.Single(Directory.GetFiles(In(name), "events.out.tfevents.*")))).ToList();
        Assert.Equal(Scalars(events[0]), Scalars(events[1]));
        Assert.Contains(events[0], value => value.Tag == "config");
        Assert.Contains(events[0], value => value.Tag == "weights/policy.0.weight");
        var policies = new[] { "whole", "parts" }.Select(name => File.ReadAllBytes(In(name, "policy", "policy.safetensors"))).ToList();
        Assert.Equal(policies[0], policies[1]);
        Assert.Equal(ReportJson.Read(File.ReadAllText(In("whole", "report.json")), "").ParameterHash, Pilotage.Policies.PolicyFile.ReadManifest(In("whole")).ParameterHash);

        static List<(string, long, float)> Scalars(IReadOnlyList<TensorBoard.EventReader.Value> values) =>
            [.. values.Where(value => value.Scalar is not null).Select(value => (value.Tag, value.Step, value.Scalar!.Value))];
    }

    // A training shorter than the way to its first checkpoint has one all the same, at its end.
    [Fact]
    public void Run_Finished_KeepsHistogramsOfTheTrainedWeights()
    {
        Begin("ppo", "whole", checkpointEvery: 1_000_000).Run(progress: null, CancellationToken.None);

        var events = TensorBoard.EventReader.Read(Assert.Single(Directory.GetFiles(In("whole"), "events.out.tfevents.*")));
        var weights = ((Pilotage.Policies.IPortablePolicy)Pilotage.Policies.PolicyFile.Load(In("whole"))).Weights;
        Assert.NotEmpty(weights);
        foreach (var block in weights)
        {
            var (limits, counts) = events.Where(value => value.Tag == $"weights/{block.Name}").Select(value => (value.Limits!, value.Counts!)).Single();
            Assert.Equal((double)block.Values.ToArray().Max(), limits[^1]);
            Assert.Equal(limits.Select(limit => block.Values.ToArray().Count(value => value <= limit)), counts.Select((_, i) => (int)counts.Take(i + 1).Sum()));
        }
    }

    [Fact]
    public void Run_AnyTraining_ReportsTheHeuristicBesideThePolicy()
    {
        var report = Begin("ppo", "report", checkpointEvery: 1_000_000).Run(progress: null, CancellationToken.None);
        var kept = ReportJson.Read(File.ReadAllText(In("report", "report.json")), "report.json");

        Assert.Equal(["heuristic", "ppo"], report.Arms.Select(arm => arm.Name));
        Assert.Equal(500, report.Arms[0].Metrics["return"].Mean);           // the feedback rule holds the pole to the limit
        Assert.Equal(report.Arms[1].Metrics["return"].Mean - 500, report.Comparisons[0].Difference, 1e-9);
        Assert.False(report.Comparisons[0].Paired);
        Assert.Equal(5, report.Evaluation!.Episodes);
        Assert.True(report.Timing["stepsPerSecond"] > 0);
        Assert.Equal(ReportJson.Write(report), ReportJson.Write(kept));
    }

    [Fact]
    public void Run_Metrics_AreAtMostAThousandLinesAndGiveTheCurve()
    {
        Begin("ppo", "curve", checkpointEvery: 1_000_000).Run(progress: null, CancellationToken.None);

        var curve = LearningCurve.Read(In("curve", "metrics.jsonl"));

        Assert.InRange(curve.Points.Count, 2, 1_000);
        Assert.Equal(curve.Points.OrderBy(point => point.Step), curve.Points);
        Assert.All(curve.Points, point => Assert.InRange(point.Return, 1, 500));
    }

    [Fact]
    public void Begin_AlgorithmThatCannotLearnTheEnvironment_IsRefused()
    {
        var header = new RunHeader { Command = RunCommand.Train, Algorithm = "dqn", Environment = "Pendulum-v1" };
        var configuration = new RunConfiguration(header, DqnConfig.Schema, new DqnConfig());
        var folder = RunFolder.Create(configuration, In("refused"), TimeProvider.System);

        Assert.Throws<UserMistakeException>(() => TrainingRun.Begin(configuration, folder));
    }

    private TrainingRun Begin(string algorithm, string name, long checkpointEvery)
    {
        var entry = AlgorithmCatalog.Find(algorithm);
        var environment = entry.Refusal(EnvironmentCatalog.Find("CartPole-v1").Spec) is null ? "CartPole-v1" : "Pendulum-v1";
        // Small and short, so that two interruptions fall into the run, whatever the learner calls its sizes.
        var small = new Dictionary<string, string>
        {
            ["steps"] = "8192", ["environmentCount"] = "2", ["minibatches"] = "2", ["horizon"] = "64", ["hidden"] = "[8]", ["learningStarts"] = "200", ["capacity"] = "1000",
            ["iterationSteps"] = "100", ["gridCells"] = "6", ["batchSize"] = "16",
        };
        var settings = SettingsBinder.Bind(
            entry.Settings, entry.DefaultsFor(environment), SettingSource.FromCode(small.Where(pair => entry.Settings.Keys.Contains(pair.Key)), "the test"));
        var header = new RunHeader
        {
            Command = RunCommand.Train, Algorithm = algorithm, Environment = environment, Seed = 3, EvaluationEpisodes = 5, CheckpointEvery = checkpointEvery,
        };
        var configuration = new RunConfiguration(header, entry.Settings, settings);
        return TrainingRun.Begin(configuration, RunFolder.Create(configuration, In(name), TimeProvider.System));
    }

    private TrainingRun Resume(string name) => TrainingRun.Resume(RunFolder.OpenForResume(In(name)));

    private static void InterruptAt(long step, TrainingRun run)
    {
        using var interruption = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => run.Run(new Interrupter(step, interruption), interruption.Token));
        Assert.InRange(run.StepsDone, step, run.Steps - 1);
    }

    private string In(params string[] parts) => Path.Combine([_folder, .. parts]);

    private sealed class Interrupter(long step, CancellationTokenSource interruption) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Steps >= step) interruption.Cancel();
        }
    }
}
