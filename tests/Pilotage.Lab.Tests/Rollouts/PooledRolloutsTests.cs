using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Evaluation.Reports;
using Pilotage.Experience;
using Pilotage.Lab.Rollouts;
using Pilotage.Lab.Runs;
using Pilotage.Settings;
using Pilotage.Tensors;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Lab.Tests.Rollouts;

public sealed class PooledRolloutsTests : IDisposable
{
    private const int Rollouts = 16;                                                      // 1,024 steps of 4 rows with horizon 16
    private static readonly Lazy<(StudyReport Report, string Metrics)> Alone = new(RunAlone);
    private readonly string _folder = Directory.CreateTempSubdirectory("pilotage-rollouts-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Each fault, and what the ledger must count of three pieces in each of sixteen rollouts.</summary>
    public static TheoryData<Fault> Faults => [.. Enum.GetValues<Fault>()];

    [Theory]
    [MemberData(nameof(Faults))]
    public void Run_WhateverTheWayToTheWorkersLosesOrRepeats_EqualsTheRunOfOneProcess(Fault fault)
    {
        var pool = new FaultyPool(slots: 3, fault);
        var run = Begin("ppo", "shared", pool);

        var shared = run.Run(progress: null, CancellationToken.None);

        Assert.Equal(Alone.Value.Report.ParameterHash, shared.ParameterHash);
        Assert.Equal(Alone.Value.Report.Evaluation, shared.Evaluation);
        Assert.Equal(Alone.Value.Metrics, File.ReadAllText(In("shared", "metrics.jsonl")));
        var figures = run.Rollouts!;
        Assert.Equal(3 * Rollouts, figures.Used);
        switch (fault)
        {
            case Fault.None or Fault.Reversed:
                Assert.Equal((48, 0, 0, 0), (figures.Sent, figures.Lost, figures.Repeated, figures.Late));
                break;
            case Fault.LostTask or Fault.DiedAfterComputing:
                // Every third answer is a loss, and what is sent again is an answer too: 71 answers until 48 were good.
                Assert.Equal((71, 23, 0, 0), (figures.Sent, figures.Lost, figures.Repeated, figures.Late));
                Assert.Equal(24, pool.Workers);
                break;
            case Fault.Twice:
                // The last piece's second answer waits for nobody: it comes with the next rollout, or not at all.
                Assert.Equal((48, 0, 32, 15), (figures.Sent, figures.Lost, figures.Repeated, figures.Late));
                break;
            case Fault.Late:
                Assert.Equal((71, 23), (figures.Sent, figures.Lost));
                Assert.InRange(figures.Late, 15, 23);
                break;
            default:
                Assert.Equal((48, 0, 0, 16), (figures.Sent, figures.Lost, figures.Repeated, figures.Late));
                break;
        }
    }

    [Theory]
    [InlineData("a2c")]
    [InlineData("recurrent-ppo")]
    [InlineData("impala")]
    public void Run_ByThreads_EqualsTheRunOfOneThread(string algorithm)
    {
        var alone = Begin(algorithm, "alone").Run(progress: null, CancellationToken.None);

        var run = Begin(algorithm, "shared", new RolloutThreads(3));
        var shared = run.Run(progress: null, CancellationToken.None);

        Assert.Equal(alone.ParameterHash, shared.ParameterHash);
        Assert.Equal(File.ReadAllText(In("alone", "metrics.jsonl")), File.ReadAllText(In("shared", "metrics.jsonl")));
        Assert.Equal((0, 0, 0), (run.Rollouts!.Lost, run.Rollouts.Repeated, run.Rollouts.Late));
        Assert.Equal(run.Rollouts.Sent, run.Rollouts.Used);
    }

    [Fact]
    public void Resume_BegunByThreadsThenAloneThenByOthers_EqualsTheUninterruptedRun()
    {
        InterruptAt(300, Begin("ppo", "parts", new RolloutThreads(2)));
        InterruptAt(600, TrainingRun.Resume(RunFolder.OpenForResume(In("parts"))));
        var resumed = TrainingRun.Resume(RunFolder.OpenForResume(In("parts")), pool: new FaultyPool(4, Fault.DiedAfterComputing)).Run(progress: null, CancellationToken.None);

        Assert.Equal(Alone.Value.Report.ParameterHash, resumed.ParameterHash);
        Assert.Equal(Alone.Value.Metrics, File.ReadAllText(In("parts", "metrics.jsonl")));
    }

    [Fact]
    public void Run_ByThreads_IsTheSameReportButForItsCircumstances()
    {
        var alone = Begin("ppo", "one").Run(progress: null, CancellationToken.None);
        var shared = Begin("ppo", "two", new RolloutThreads(2)).Run(progress: null, CancellationToken.None);

        Assert.Equal(ReportJson.Write(alone.WithoutCircumstances()), ReportJson.Write(shared.WithoutCircumstances()));
        Assert.Equal(File.ReadAllBytes(In("one", "policy", "policy.safetensors")), File.ReadAllBytes(In("two", "policy", "policy.safetensors")));
    }

    [Theory]
    [InlineData("sac", "Pendulum-v1", "", "learner_without_rollouts")]
    [InlineData("ppo", "MountainCar-v0", "", "moments_at_each_step")]
    [InlineData("ppo", "MountainCar-v0", "holdNormalization", null)]
    public void Refusal_OfWhatWorkersCannotPlay_SaysWhatToDo(string algorithm, string environment, string set, string? snapshot)
    {
        var entry = AlgorithmCatalog.Find(algorithm);
        var settings = SettingsBinder.Bind(entry.Settings, entry.DefaultsFor(environment), SettingSource.FromCode(set.Length > 0 ? [new(set, "true")] : [], "the test"));

        var refusal = RolloutSharing.Refusal(entry, EnvironmentCatalog.Find(environment), settings, Device.Managed);

        if (snapshot is null) Assert.Null(refusal);
        else Snapshot.Matches(refusal!.Value.ToString(), snapshot);
    }

    [Fact]
    public void Begin_WhatWorkersCannotPlay_IsRefused() =>
        Assert.Throws<UserMistakeException>(() => Begin("dqn", "refused", new RolloutThreads(2)));

    [Fact]
    public void Play_FailureOfATask_IsTheTrainingsFailure()
    {
        using var rollouts = new PooledRollouts(new Failing(), "run", "text");

        var failure = Assert.Throws<RunFailedException>(() => rollouts.Play([new(0, 0, 0, 1, [0], default)], (_, _) => Assert.Fail("Nothing to use.")));

        Assert.Equal("The reward is NaN.", failure.Message);
    }

    [Fact]
    public async Task Play_InterruptedWhileNobodyAnswers_GivesUpAfterAWhile()
    {
        using var interrupted = new CancellationTokenSource();
        var time = new ManualTime();
        using var rollouts = new PooledRollouts(new Silent(), "run", "text", time, interrupted.Token);
        var playing = Task.Run(() => rollouts.Play([new(0, 0, 0, 1, [0], default)], (_, _) => { }));

        interrupted.Cancel();
        Assert.False(playing.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(10));

        var failure = await Assert.ThrowsAsync<RunFailedException>(() => playing);
        Assert.Equal("Interrupted in the middle of a rollout, and workers did not answer for 10 seconds.", failure.Message);
    }

    private TrainingRun Begin(string algorithm, string name, IRolloutPool? pool = null)
    {
        var entry = AlgorithmCatalog.Find(algorithm);
        var small = new Dictionary<string, string>
        {
            ["steps"] = "1024", ["environmentCount"] = "4", ["minibatches"] = "2", ["horizon"] = "16", ["hidden"] = "[8]", ["memoryUnits"] = "4",
            ["normalizeObservations"] = "true", ["normalizeRewards"] = "true", ["holdNormalization"] = "true",
        };
        var settings = SettingsBinder.Bind(
            entry.Settings, entry.DefaultsFor("CartPole-v1"), SettingSource.FromCode(small.Where(pair => entry.Settings.Keys.Contains(pair.Key)), "the test"));
        var header = new RunHeader { Command = RunCommand.Train, Algorithm = algorithm, Environment = "CartPole-v1", Seed = 3, EvaluationEpisodes = 2, CheckpointEvery = 200 };
        var configuration = new RunConfiguration(header, entry.Settings, settings);
        return TrainingRun.Begin(configuration, RunFolder.Create(configuration, In(name), TimeProvider.System), pool: pool);
    }

    private static (StudyReport Report, string Metrics) RunAlone()
    {
        using var test = new PooledRolloutsTests();
        var report = test.Begin("ppo", "alone").Run(progress: null, CancellationToken.None);
        return (report, File.ReadAllText(test.In("alone", "metrics.jsonl")));
    }

    private static void InterruptAt(long steps, TrainingRun run)
    {
        using var source = new CancellationTokenSource();
        var progress = new Interrupter(steps, source);
        Assert.Throws<OperationCanceledException>(() => run.Run(progress, source.Token));
    }

    private string In(params string[] parts) => Path.Combine([_folder, .. parts]);

    private sealed class Interrupter(long steps, CancellationTokenSource source) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Steps >= steps) source.Cancel();
        }
    }

    private sealed class Failing : IRolloutPool, IRolloutChannel
    {
        public int Slots => 1;

        public IRolloutChannel Open(string run, string text) => this;

        public void Share(long version, ReadOnlyMemory<byte> weights) { }

        public void Forget(long version) { }

        public void Submit(RolloutTask task) { }

        public RolloutReply Next(CancellationToken cancellation) => new(0, 0, [0], default) { Failure = new RunFailedException("The reward is NaN.") };

        public void Dispose() { }
    }

    private sealed class Silent : IRolloutPool, IRolloutChannel
    {
        public int Slots => 1;

        public IRolloutChannel Open(string run, string text) => this;

        public void Share(long version, ReadOnlyMemory<byte> weights) { }

        public void Forget(long version) { }

        public void Submit(RolloutTask task) { }

        public RolloutReply Next(CancellationToken cancellation)
        {
            cancellation.WaitHandle.WaitOne();
            throw new OperationCanceledException(cancellation);
        }

        public void Dispose() { }
    }

    /// <summary>A clock of which timers go off when it is moved.</summary>
    private sealed class ManualTime : TimeProvider
    {
        private readonly List<ManualTimer> _timers = [];

        public void Advance(TimeSpan by)
        {
            foreach (var timer in _timers.ToArray()) timer.Advance(by);
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = new ManualTimer(callback, state, dueTime);
            _timers.Add(timer);
            return timer;
        }

        private sealed class ManualTimer(TimerCallback callback, object? state, TimeSpan left) : ITimer
        {
            private TimeSpan _left = left;

            public void Advance(TimeSpan by)
            {
                if (_left == Timeout.InfiniteTimeSpan) return;
                _left -= by;
                if (_left > TimeSpan.Zero) return;
                _left = Timeout.InfiniteTimeSpan;
                callback(state);
            }

            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                _left = dueTime;
                return true;
            }

            public void Dispose() { }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
