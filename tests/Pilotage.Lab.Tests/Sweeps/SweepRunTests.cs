using Pilotage.Evaluation;
using Pilotage.Lab.Runs;
using Pilotage.Lab.Sweeps;
using Pilotage.Lab.Trials;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Lab.Tests.Sweeps;

public sealed class SweepRunTests
{
    [Fact]
    public void Run_Grid_FindsTheTopExactlyAndSaysSo()
    {
        using var folder = new TemporaryFolder();
        var settings = SweepCases.Settings with { Method = SweepMethod.Grid, Trials = null, Vary = ["east=0,0.3,0.9", "stride=1e-4..1:log:3", "boots=3,4,5"] };

        var run = SweepCases.Begin(settings, folder.Path);
        var report = run.Run(1, null, CancellationToken.None);

        Assert.Equal(["0.3", "0.01", "4"], run.Choice!.Values.Values);
        Assert.Equal(28, run.Choice.Candidates.Count);
        Assert.Equal(Verdict.Reproduced, report.Claims.Single(claim => claim.Id == SweepStudy.BeatsDefault).Verdict);
        Assert.Contains("east: 0.3\n", File.ReadAllText(Path.Combine(folder.Path, "best.yaml")));
    }

    [Theory]
    [InlineData(SweepMethod.Random)]
    [InlineData(SweepMethod.Halving)]
    [InlineData(SweepMethod.Bayesian)]
    public void Run_EveryMethod_BeatsABadDefault(SweepMethod method)
    {
        using var folder = new TemporaryFolder();

        var run = SweepCases.Begin(SweepCases.Settings with { Method = method, Trials = 9, Budget = "hours" }, folder.Path);
        var report = run.Run(2, null, CancellationToken.None);

        Assert.Equal(9, run.Cost.Trainings, 9);
        Assert.Equal("tuned", report.Arms[2].Name);
        Assert.Equal(Verdict.Reproduced, report.Claims[0].Verdict);
        Assert.Equal(Verdict.Reproduced, report.Claims[1].Verdict);
    }

    [Theory]
    [InlineData(SweepMethod.Random)]
    [InlineData(SweepMethod.Halving)]
    [InlineData(SweepMethod.Bayesian)]
    public void Run_TellsHowFarItIs_TuningAndTestApart(SweepMethod method)
    {
        using var folder = new TemporaryFolder();
        var seen = new List<RunProgress>();
        var settings = SweepCases.Settings with { Method = method, Trials = 8, Rounds = 2, Eta = 2, Budget = "hours", TestSeeds = 2 };

        var run = SweepCases.Begin(settings, folder.Path, new HillSystem { Tell = _ => { if (RunProgress.Read(folder.Path) is { } progress) seen.Add(progress); } }, scale: Scale.Smoke);
        run.Run(1, null, CancellationToken.None);

        var search = seen.Where(progress => progress.IsAtMost).ToList();
        var (first, last) = (search[0], seen[^1]);
        Assert.Equal((0, run.Cost.Trials), (first.Done, first.Total));
        Assert.All(search, progress => Assert.All(progress.Arms, arm => Assert.Equal("tuning", arm.Phase)));
        // Every candidate twice and the rule, then rule, default and choice on two seeds each; the last trial is at work.
        Assert.Equal(((run.Cost.Candidates + 1) * 2 + 3 * 2, false), (last.Total, last.IsAtMost));
        Assert.Equal(["stay", "default", "tuned"], last.Arms.Where(arm => arm.Phase == "test").Select(arm => arm.Arm));
        Assert.All(last.Arms.Where(arm => arm.Phase == "tuning"), arm => Assert.Equal(arm.Trials, arm.Done));
        Assert.False(File.Exists(folder.In(RunProgress.FileName)));
    }

    // The default stands on the top: nothing can beat it, and the answer is that tuning did not help.
    [Fact]
    public void Run_DefaultIsBest_ItIsChosenAndNoDifferenceIsFound()
    {
        using var folder = new TemporaryFolder();
        var computed = 0;
        var system = new HillSystem { Tell = words => computed += words.StartsWith("climb 0.3 ", StringComparison.Ordinal) ? 1 : 0 };

        var run = SweepCases.Begin(SweepCases.Settings, folder.Path, system, new() { East = 0.3, Stride = 0.01, Boots = 4, Load = HillLoad.Light });
        var report = run.Run(1, null, CancellationToken.None);

        Assert.True(run.Choice!.IsDefault);
        Assert.Equal(0, report.Claims[0].Evidence.Estimate);
        Assert.Equal(Verdict.NotReproduced, report.Claims[0].Verdict);
        Assert.Equal(2 + 7, computed);                                 // what default and choice have in common is computed once
    }

    [Theory]
    [InlineData(SweepMethod.Random)]
    [InlineData(SweepMethod.Halving)]
    [InlineData(SweepMethod.Bayesian)]
    public void Resume_StoppedAtAnyTrial_GivesTheSameBytes(SweepMethod method)
    {
        using var folder = new TemporaryFolder();
        var settings = SweepCases.Settings with { Method = method, Trials = 4, Rounds = 2, Eta = 2, Budget = "hours", TestSeeds = 2 };
        var trials = 0;
        SweepCases.Begin(settings, folder.In("whole"), new HillSystem { Tell = _ => trials++ }, scale: Scale.Smoke).Run(1, null, CancellationToken.None);

        for (var stop = 1; stop < trials; stop += 3)
        {
            using var cancellation = new CancellationTokenSource();
            var (path, left) = (folder.In(FormattableString.Invariant($"stopped-{stop}")), stop);
            var stopped = SweepCases.Begin(settings, path, new HillSystem { Tell = _ => { if (--left == 0) cancellation.Cancel(); } }, scale: Scale.Smoke);
            Assert.Throws<OperationCanceledException>(() => stopped.Run(1, null, cancellation.Token));
            Assert.False(File.Exists(Path.Combine(path, "report.json")));

            SweepRun.Resume(RunFolder.OpenForResume(path), SweepCases.Finder(new())).Run(1, null, CancellationToken.None);

            Assert.Equal(SweepCases.Result(folder.In("whole")), SweepCases.Result(path));
        }
    }

    [Fact]
    public void Run_TwoThreadsOrOtherProcesses_GiveTheSameBytes()
    {
        using var folder = new TemporaryFolder();
        var settings = SweepCases.Settings with { Method = SweepMethod.Bayesian, Trials = 8, Batch = 2 };

        SweepCases.Begin(settings, folder.In("one")).Run(1, null, CancellationToken.None);
        SweepCases.Begin(settings, folder.In("two")).Run(2, null, CancellationToken.None);
        SweepCases.Begin(settings, folder.In("pool")).Run(1, null, CancellationToken.None, new OtherProcess());

        Assert.Equal(SweepCases.Result(folder.In("one")), SweepCases.Result(folder.In("two")));
        Assert.Equal(SweepCases.Result(folder.In("one")), SweepCases.Result(folder.In("pool")));
    }

    [Fact]
    public void Run_CandidatesThatFailOrContradictThemselves_CountAsWorstAndAreTold()
    {
        using var folder = new TemporaryFolder();
        var settings = SweepCases.Settings with { Method = SweepMethod.Grid, Trials = null, Vary = ["east=0.3,0.9,10", "boots=4,9"] };

        var run = SweepCases.Begin(settings, folder.Path, start: new() { East = 0.5, Falls = true });
        run.Run(1, null, CancellationToken.None);

        Assert.Equal("c001", run.Choice!.Chosen);
        Snapshot.Matches(string.Join("\n", run.Choice.Candidates.Select(one => $"{one.Arm} {string.Join(" ", one.Values)}: {(one.Failure.Length > 0 ? one.Failure : "ran")}")));
    }

    [Fact]
    public void Run_NobodyWorks_StopsAndSaysWhy()
    {
        using var folder = new TemporaryFolder();

        var failure = Assert.Throws<RunFailedException>(() => SweepCases.Begin(SweepCases.Settings with { Vary = ["east=0.6..1", "boots=2,4"] }, folder.Path, start: new() { Falls = true }).Run(1, null, CancellationToken.None));

        Assert.Equal("Every candidate failed, the default too. The first: Seed 0: The climber fell.", failure.Message);
        Assert.False(File.Exists(Path.Combine(folder.Path, "choice.json")));
    }

    [Fact]
    public void Cost_IsToldBeforeAnythingRuns()
    {
        using var folder = new TemporaryFolder();
        var climbs = 0;

        var cost = SweepCases.Begin(SweepCases.Settings, folder.Path, new HillSystem { Tell = words => climbs += words.StartsWith("climb", StringComparison.Ordinal) ? 1 : 0 }).Cost;

        Assert.Equal((6, 6.0, 12.0, 14.0, 26.0), (cost.Candidates, cost.Trainings, cost.Search, cost.Verdict, cost.Total));
        Assert.Equal(0, climbs);
    }

    [Fact]
    public void Create_OverAnUnfinishedSweep_IsRefused()
    {
        using var folder = new TemporaryFolder();
        using var cancellation = new CancellationTokenSource();
        var run = SweepCases.Begin(SweepCases.Settings, folder.In("run"), new HillSystem { Tell = words => { if (words.StartsWith("climb", StringComparison.Ordinal)) cancellation.Cancel(); } });
        Assert.Throws<OperationCanceledException>(() => run.Run(1, null, cancellation.Token));

        Assert.StartsWith("PIL0205", Assert.Throws<UserMistakeException>(() => SweepCases.Begin(SweepCases.Settings, folder.In("run"))).Problems[0]);
    }

    /// <summary>Computes trials as another process would: from text alone, with programs of its own.</summary>
    private sealed class OtherProcess : ITrialPool, ITrialRunner
    {
        private readonly SweepTrials _program = new(SweepCases.Finder(new()));
        private string _text = "";

        public int Slots => 2;

        public ITrialRunner Runner(string kind, string text)
        {
            Assert.Equal(_program.Kind, kind);
            _text = text;
            return this;
        }

        public FinishedTrial Run(string arm, int seed, CancellationToken cancellation) => _program.Run(_text, arm, seed, cancellation);
    }
}
