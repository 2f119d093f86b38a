using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Lab.Runs;
using Pilotage.Lab.Trials;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Lab.Tests.Trials;

public sealed class TrialLedgerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Plan_BeforeTheFirstTrial_TellsTotalsAndNoTimeLeft()
    {
        Ledger(slots: 2).Plan(new Plan(), Store("v1"));

        var progress = RunProgress.Read(_folder.Path)!;

        Assert.Equal((0, 9, false, "score (points)"), (progress.Done, progress.Total, progress.IsAtMost, progress.Metric));
        Assert.Equal("0 of 9 trials", progress.Text);
        Assert.Null(progress.SecondsLeft);
        Assert.Equal([("rule", 0, 1), ("learner", 0, 4), ("other", 0, 4)], progress.Arms.Select(arm => (arm.Arm, arm.Done, arm.Trials!.Value)));
        Assert.All(progress.Arms, arm => Assert.Null(arm.Mean));
    }

    // By hand: a trial of the learner takes 10 s, and the other method, of the same kind, is taken to.
    [Fact]
    public void SecondsLeft_FollowsWhatIsLeftOverTheSlots()
    {
        var ledger = Ledger(slots: 2);
        var store = ledger.Plan(new Plan(), Store("v1"));

        Finish(store, "rule", 0, seconds: 0.5, 1);
        Assert.Null(ledger.Now().SecondsLeft);                          // a rule's trial says nothing of a learner's

        Finish(store, "learner", 0, seconds: 10, 4);
        Assert.Equal(7 * 10 / 2.0, ledger.Now().SecondsLeft);

        store.TryLoad("learner", 1);                                    // two at work: one for 4 s, one for 3
        _time.Pass(1);
        store.TryLoad("learner", 2);
        _time.Pass(3);
        Assert.Equal((70 - 4 - 3) / 2.0, ledger.Now().SecondsLeft);

        _time.Pass(100);                                                // longer than foreseen: nothing is owed back
        Assert.Equal((70 - 10 - 10) / 2.0, ledger.Now().SecondsLeft);
    }

    [Fact]
    public void SecondsLeft_IsNeverLessThanTheSlowestTrialAtWorkNeeds()
    {
        var ledger = Ledger(slots: 8);
        var store = ledger.Plan(new Plan(), Store("v1"));
        foreach (var (arm, seeds, seconds) in new[] { ("rule", 1, 1), ("other", 3, 2), ("learner", 3, 10) }) for (var seed = 0; seed < seeds; seed++) Finish(store, arm, seed, seconds, 1);

        store.TryLoad("learner", 3);
        Assert.Equal(10, ledger.Now().SecondsLeft);                     // 10 + 2 over two slots would be 6
        _time.Pass(4);
        Finish(store, "other", 3, seconds: 2, 1);

        Assert.Equal(6, ledger.Now().SecondsLeft);
        Finish(store, "learner", 3, seconds: 10, 1);
        Assert.Equal(0, ledger.Now().SecondsLeft);
    }

    [Fact]
    public void Means_AreOfTheMetricThatDecides_TrialByTrial()
    {
        var ledger = Ledger(slots: 1);
        var store = ledger.Plan(new Plan(), Store("v1"));

        store.Save("learner", 2, new([new("cost", "a", 99), Measurement.Timing("act", 5), new("score", "a", 1), new("score", "b", 3)], 2));
        store.Save("learner", 0, new([new("score", "a", 6)], 3));
        store.Save("other", 0, new([new("cost", "a", 1)], 1));          // measured none of it

        var arms = RunProgress.Read(_folder.Path)!.Arms;
        Assert.Equal(((1 + 3) / 2.0 + 6) / 2, arms[1].Mean);
        Assert.Equal((2, 5.0), (arms[1].Done, arms[1].Seconds));
        Assert.Null(arms[2].Mean);
    }

    [Fact]
    public void Plan_OfARunThatGoesOn_CountsWhatIsKeptAndCanBeUsed()
    {
        var first = Ledger(slots: 1).Plan(new Plan(), Store("v1"));
        _time.Pass(30);
        Finish(first, "learner", 1, seconds: 10, 2);
        Finish(first, "other", 3, seconds: 10, 8);

        var second = Ledger(slots: 1);
        second.Plan(new Plan(), Store("v1"));
        _time.Pass(5);
        var another = new TrialLedger(_folder.In("elsewhere"), Plan.Score, 1, _time);
        another.Plan(new Plan(), Store("v2"));

        Assert.Equal((2, 35.0), (second.Now().Done, second.Now().ElapsedSeconds!.Value));
        Assert.Equal((1, 2.0), (second.Now().Arms[1].Done, second.Now().Arms[1].Mean));
        Assert.Equal(0, another.Now().Done);                            // trials of another version are repeated
    }

    [Fact]
    public void Foresee_CountsWhatCannotBePlannedYet_UntilAllIs()
    {
        var ledger = Ledger(slots: 1);
        ledger.Foresee(trials: 30, weight: 12);
        var store = ledger.Plan(new Plan(), Store("v1"), "tuning", static arm => arm == "learner" ? 0.25 : 1);

        Assert.Equal("0 of at most 30 trials", RunProgress.Read(_folder.Path)!.Text);
        Finish(store, "rule", 0, seconds: 1, 1);
        Finish(store, "learner", 0, seconds: 5, 1);
        // Three of a quarter and four whole ones of 20 s are planned; of 12 whole trainings 12 - 4 x 0.25 - 4 are not.
        Assert.Equal(3 * 5 + 4 * 20 + 7 * 20, ledger.Now().SecondsLeft!.Value, 9);

        ledger.Close();
        ledger.Plan(new Plan(), Store("test"), "test");

        var progress = RunProgress.Read(_folder.Path)!;
        Assert.Equal("2 of 18 trials", progress.Text);
        Assert.Equal([("tuning", "rule"), ("tuning", "learner"), ("tuning", "other"), ("test", "rule"), ("test", "learner"), ("test", "other")], progress.Arms.Select(arm => (arm.Phase, arm.Arm)));
    }

    [Fact]
    public void Read_DamagedForeignOrAbsent_IsNone()
    {
        var path = Path.Combine(_folder.Path, RunProgress.FileName);

        Assert.Null(RunProgress.Read(_folder.Path));
        foreach (var text in new[] { "", "{", "[]", "null", "{}", """{"schema":"pilotage-progress/2","done":1,"arms":[],"metric":"x"}""", """{"schema":"pilotage-progress/1","done":1}""" })
        {
            File.WriteAllText(path, text);
            Assert.Null(RunProgress.Read(_folder.Path));
        }
    }

    [Fact]
    public void At_RunsOn_AndSaysNoTimeLeftOnceItIsUsedUp()
    {
        Ledger(slots: 1).Plan(new Plan(), Store("v1"));
        var written = RunProgress.Read(_folder.Path)!;
        var progress = written with { ElapsedSeconds = 10, SecondsLeft = 30 };

        Assert.Equal((22.0, 18.0), (progress.At(written.Written.AddSeconds(12)).ElapsedSeconds!.Value, progress.At(written.Written.AddSeconds(12)).SecondsLeft!.Value));
        Assert.Null(progress.At(written.Written.AddSeconds(30)).SecondsLeft);
        Assert.Equal((10.0, 30.0), (progress.At(written.Written.AddSeconds(-5)).ElapsedSeconds!.Value, progress.At(written.Written.AddSeconds(-5)).SecondsLeft!.Value));   // a clock that was put back
        Assert.Equal("1 of 1 trial", (progress with { Done = 1, Total = 1 }).Text);
        Assert.Equal("2 trials finished", (progress with { Done = 2, Total = null }).Text);
    }

    private TrialLedger Ledger(int slots) => new(_folder.Path, Plan.Score, slots, _time);

    private TrialFolder Store(string study) => new(_folder.In("trials"), study);

    private static void Finish(ITrialStore store, string arm, int seed, double seconds, double score)
    {
        Assert.Null(store.TryLoad(arm, seed));
        store.Save(arm, seed, new([new("score", "a", score)], seconds));
    }

    private sealed class Plan : IStudy
    {
        public static Metric Score { get; } = new("score", "score (points)", HigherIsBetter: true);

        public IReadOnlyList<Arm> Arms { get; } = [new("rule", ArmKind.Heuristic, None) { IsDeterministic = true }, new("learner", ArmKind.Method, None), new("other", ArmKind.Method, None)];

        public IReadOnlyList<Claim> Claims => [];

        public int SeedCount => 4;

        public IReadOnlyList<Metric> Metrics => [Score];

        public string ReferenceArm => "rule";

        public IReadOnlyList<Plot> Plots(StudyOutcome outcome) => [];

        private static IReadOnlyList<Measurement> None(Trial trial, CancellationToken cancellation) => throw new InvalidOperationException("Nothing is run.");
    }

    private sealed class ManualTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Pass(double seconds) => _ticks += TimeSpan.FromSeconds(seconds).Ticks;
    }
}
