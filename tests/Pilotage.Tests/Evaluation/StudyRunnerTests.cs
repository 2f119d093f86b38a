using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Tests.Evaluation;

public sealed class StudyRunnerTests
{
    private static readonly SyntheticStudy Study = new()
    {
        Arms = [SyntheticStudy.Rule, SyntheticStudy.Method("ppo", 1), SyntheticStudy.Method("dqn", -1)],
        Claims = [new EffectRule().Claim("a", "ppo above rule", "here", Region.Above(0), (r, rule) => PairedEffect.Of(r, "ppo", "rule", "return", rule))],
    };

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(64)]
    public void Run_MoreThreads_GivesTheSameBits(int threads) => Assert.Equal(Bits(new()), Bits(new() { MaximumParallelism = threads }));

    [Fact]
    public void Run_OtherSeeds_GivesOtherBits() => Assert.NotEqual(Bits(new()), Bits(new() { Seeds = SeedTree.Root(1) }));

    [Fact]
    public void Run_DeterministicArm_RunsOnceAndOthersOnEverySeed()
    {
        var store = new MemoryStore();
        StudyRunner.Run(Study, new() { Store = store, MaximumParallelism = 2 });
        Assert.Equal(["dqn 0..7", "ppo 0..7", "rule 0..0"], store.Trials.GroupBy(t => t.Key.Arm, (arm, t) => $"{arm} {t.Min(x => x.Key.Seed)}..{t.Max(x => x.Key.Seed)}").Order());
        Assert.Equal(17, store.Trials.Count);
    }

    [Fact]
    public void Run_TrialsKept_AreNotRepeatedAndGiveTheSameBits()
    {
        var store = new MemoryStore();
        var expected = Bits(new() { Store = store });
        foreach (var lost in store.Trials.Keys.Where(k => k.Seed is 2 or 5).ToList()) store.Trials.Remove(lost);
        store.Saved.Clear();
        Assert.Equal(expected, Bits(new() { Store = store, MaximumParallelism = 2 }));
        Assert.Equal(["dqn 2", "dqn 5", "ppo 2", "ppo 5"], store.Saved.Order());
    }

    [Fact]
    public void Run_CancelledInsideATrial_KeepsFinishedTrialsAndResumes()
    {
        using var cancellation = new CancellationTokenSource();
        var store = new MemoryStore();
        var slow = new Arm("slow", ArmKind.Method, (trial, token) =>
        {
            if (trial.Seed == 3) cancellation.Cancel();
            token.ThrowIfCancellationRequested();
            return [new("return", "day-0", trial.Seed)];
        });
        var study = new SyntheticStudy { Arms = [Single("rule", ArmKind.Heuristic), slow] };
        Assert.ThrowsAny<OperationCanceledException>(() => StudyRunner.Run(study, new() { Store = store }, cancellation.Token));
        Assert.Equal(["rule 0", "slow 0", "slow 1", "slow 2"], store.Saved.Order());
    }

    [Fact]
    public void Run_ArmThatReturnsEarlyOnCancellation_IsNotKept()
    {
        using var cancellation = new CancellationTokenSource();
        var store = new MemoryStore();
        var arm = new Arm("rule", ArmKind.Heuristic, (_, _) =>
        {
            cancellation.Cancel();
            return [];
        });
        Assert.ThrowsAny<OperationCanceledException>(() => StudyRunner.Run(new SyntheticStudy { Arms = [arm] }, new() { Store = store }, cancellation.Token));
        Assert.Empty(store.Saved);
    }

    [Fact]
    public void Run_CancelledBefore_RunsNothing() =>
        Assert.ThrowsAny<OperationCanceledException>(() => StudyRunner.Run(Study, new() { Store = new MemoryStore { Refuses = true } }, new(canceled: true)));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Run_ArmsThatThrow_TellsTheFirstOneByName(int threads)
    {
        Arm Failing(string name) => new(name, ArmKind.Method, (trial, _) => trial.Seed < 2 ? [new("return", "day-0", 1)] : throw new DivideByZeroException("no machines left"));
        var study = new SyntheticStudy { Arms = [Single("rule", ArmKind.Heuristic), Failing("ppo"), Failing("dqn")] };
        var e = Assert.Throws<InvalidOperationException>(() => StudyRunner.Run(study, new() { MaximumParallelism = threads }));
        Assert.Equal("Arm 'ppo', seed 2 failed: no machines left", e.Message);
        Assert.IsType<DivideByZeroException>(e.InnerException);
    }

    [Fact]
    public void Run_ArmThatReportsAFailureOrMistake_KeepsItsKind()
    {
        Arm Throwing(Exception e) => new("ppo", ArmKind.Method, (_, _) => throw e);
        StudyOutcome Run(Arm arm) => StudyRunner.Run(new SyntheticStudy { Arms = [SyntheticStudy.Rule, arm] }, new());
        Assert.Equal("Arm 'ppo', seed 0: loss is NaN", Assert.Throws<RunFailedException>(() => Run(Throwing(new RunFailedException("loss is NaN")))).Message);
        Assert.Equal(["Arm 'ppo', seed 0: x", "Arm 'ppo', seed 0: y"], Assert.Throws<UserMistakeException>(() => Run(Throwing(new UserMistakeException(["x", "y"])))).Problems);
        Assert.Equal("Arm 'ppo', seed 0 failed: own", Assert.Throws<InvalidOperationException>(() => Run(Throwing(new OperationCanceledException("own")))).Message);
    }

    [Fact]
    public void Run_MeasurementThatIsNoNumber_StopsAndIsNotKept()
    {
        var store = new MemoryStore();
        var arm = new Arm("ppo", ArmKind.Method, (trial, _) => [new("return", "day-0", trial.Seed == 1 ? double.NaN : 1)]);
        var e = Assert.Throws<RunFailedException>(() => StudyRunner.Run(new SyntheticStudy { Arms = [SyntheticStudy.Rule, arm] }, new() { Store = store }));
        Assert.StartsWith("Arm 'ppo', seed 1: metric 'return' on instance 'day-0' is NaN;", e.Message);
        Assert.DoesNotContain("ppo 1", store.Saved);
    }

    [Fact]
    public void Run_Progress_CountsUpToAllTrials()
    {
        var reports = new List<StudyProgress>();
        StudyRunner.Run(Study, new() { MaximumParallelism = 2, Progress = new Recorder(reports) });
        Assert.Equal(34, reports.Count);                                        // a start and an end of each of 17
        Assert.Equal(reports.Select(r => r.Done).Order(), reports.Select(r => r.Done));
        Assert.Equal((17, 17), (reports[^1].Done, reports[^1].Total));
    }

    [Fact]
    public void Run_StudyWithDefects_TellsAllOfThem()
    {
        var claim = new Claim("a", "", "", Replication.Seed, _ => default, new(1, 1)) { Level = 0, Comparisons = 0 };
        var study = new SyntheticStudy
        {
            Arms = [Single("ppo", ArmKind.Method), Single("PPO", ArmKind.Baseline), Single("", ArmKind.Method)],
            Claims = [claim, claim with { Holds = new(double.NegativeInfinity, double.PositiveInfinity), Level = 0.1, Comparisons = 1 }],
            Metrics = [],
            SeedCount = 0,
        };
        var e = Assert.Throws<InvalidOperationException>(() => StudyRunner.Run(study, new()));
        Snapshot.Matches(e.Message);
    }

    [Fact]
    public void Run_ClaimsThatCannotPass_AreRefusedBeforeAnythingRuns()
    {
        var strict = new EffectRule { Level = 0.01, Comparisons = 3 };
        Effect Measure(StudyResults results, EffectRule rule) => PairedEffect.Of(results, "ppo", "rule", "return", rule);
        var study = new SyntheticStudy
        {
            Arms = [SyntheticStudy.Rule, SyntheticStudy.Method("ppo", 1)],
            Claims =
            [
                strict.Claim("a", "", "", Region.Above(0), Measure), (strict with { Unit = Replication.Instance, PlannedUnits = 6 }).Claim("b", "", "", Region.Above(0), Measure),
                new("c", "", "", Replication.Seed, _ => default, Region.Above(0)) { Level = 0.001, SmallestP = _ => 0.01 },
            ],
        };
        var e = Assert.Throws<UserMistakeException>(() => StudyRunner.Run(study, new() { Store = new MemoryStore { Refuses = true } }));
        Snapshot.Matches(e.Message);
        Assert.All(StudyRunner.Run(study, new() { Scale = Scale.Smoke }).Claims, c => Assert.Equal(Verdict.NotEvaluated, c.Verdict));
    }

    private static string Bits(StudyRun run) =>
        ReportJson.Write(StudyReporter.Report(Study, StudyRunner.Run(Study, run), new("synthetic")).WithoutCircumstances());

    private static Arm Single(string name, ArmKind kind) => new(name, kind, (_, _) => [new("return", "day-0", 0)]) { IsDeterministic = true };

    private sealed class Recorder(List<StudyProgress> reports) : IProgress<StudyProgress>
    {
        public void Report(StudyProgress value) => reports.Add(value);
    }

    private sealed class MemoryStore : ITrialStore
    {
        public Dictionary<(string Arm, int Seed), FinishedTrial> Trials { get; } = [];

        public List<string> Saved { get; } = [];

        public bool Refuses { get; init; }

        public FinishedTrial? TryLoad(string arm, int seed)
        {
            if (Refuses) throw new NotSupportedException("Nothing should run.");
            lock (Trials) return Trials.GetValueOrDefault((arm, seed));
        }

        public void Save(string arm, int seed, FinishedTrial trial)
        {
            lock (Trials)
            {
                Trials[(arm, seed)] = trial;
                Saved.Add(FormattableString.Invariant($"{arm} {seed}"));
            }
        }
    }
}
