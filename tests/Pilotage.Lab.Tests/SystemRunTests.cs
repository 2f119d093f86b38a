using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports;
using Pilotage.Lab.Devices;
using Pilotage.Lab.Runs;
using Pilotage.Lab.Trials;
using Pilotage.Settings;
using Pilotage.Systems;
using Pilotage.Testing.Settings;
using Xunit;

namespace Pilotage.Lab.Tests;

public sealed class SystemRunTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pilotage-system-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Run_InterruptedAndResumed_RepeatsNoTrialAndEqualsTheUninterruptedRun()
    {
        var (whole, parts) = (new CountingSystem(), new CountingSystem());
        var expected = Begin(whole, "whole").Run(1, progress: null, CancellationToken.None);
        using var interruption = new CancellationTokenSource();

        Assert.Throws<OperationCanceledException>(() => Begin(parts, "parts").Run(1, new Interrupter(3, interruption), interruption.Token));
        var kept = Directory.GetFiles(Path.Combine(_folder, "parts", "trials")).Length;
        var stopped = RunIndex.Read(_folder).Single(entry => entry.Name == "parts").Headline;
        var resumed = SystemRun.Resume(parts, RunFolder.OpenForResume(Path.Combine(_folder, "parts"))).Run(1, progress: null, CancellationToken.None);

        Assert.Equal(3, kept);
        Assert.Equal("3 of 8 trials.", stopped);
        Assert.Equal(whole.Trials, parts.Trials);
        Assert.Equal(ReportJson.Write(expected.WithoutCircumstances()), ReportJson.Write(resumed.WithoutCircumstances()));
    }

    [Fact]
    public void Run_TellsHowFarItIs_UntilItsReportIsThere()
    {
        var seen = new List<RunProgress>();

        var report = Begin(new CountingSystem(), "one").Run(1, new Watcher(() => seen.Add(RunProgress.Read(Path.Combine(_folder, "one"))!)), CancellationToken.None);

        Assert.Equal([0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8], seen.Select(progress => progress.Done));
        Assert.All(seen, progress => Assert.Equal(8, progress.Total));
        Assert.Equal([report.Arms[0].Metrics["draw"].Mean, report.Arms[1].Metrics["draw"].Mean], seen[^1].Arms.Select(arm => arm.Mean!.Value));      // the last figures on the way are the report's
        Assert.Null(RunProgress.Read(_folder));
        Assert.False(File.Exists(Path.Combine(_folder, "one", RunProgress.FileName)));
    }

    [Fact]
    public void Begin_StudyThatCannotBeMade_MakesNoFolder()
    {
        var system = new CountingSystem { Mistake = "no such data" };

        Assert.Throws<UserMistakeException>(() => Begin(system, "none"));

        Assert.False(Directory.Exists(Path.Combine(_folder, "none")));
    }

    [Fact]
    public void Run_TrialsComputedFromTextElsewhere_GivesTheSameReport()
    {
        var (here, elsewhere) = (new CountingSystem(), new CountingSystem());
        var expected = Begin(here, "here").Run(1, progress: null, CancellationToken.None);
        var pool = new ProgramPool(new SystemTrials([elsewhere], new DeviceCatalog()));

        var asker = new CountingSystem();
        var report = Begin(asker, "elsewhere").Run(1, progress: null, CancellationToken.None, pool);

        Assert.Equal((0, here.Trials), (asker.Trials, elsewhere.Trials));
        Assert.Equal(ReportJson.Write(expected.WithoutCircumstances()), ReportJson.Write(report.WithoutCircumstances()));
    }

    [Fact]
    public void SystemTrials_ArmOrSystemOfAnotherVersion_SaysSo()
    {
        var system = new CountingSystem();
        var header = new RunHeader { System = "counting", Scale = Scale.Smoke };
        var text = new RunConfiguration(header, system.Settings, system.Settings.Default).ToYaml();

        Assert.Contains("has no arm 'other'", Assert.Throws<UserMistakeException>(() => new SystemTrials([system], new()).Run(text, "other", 0, CancellationToken.None)).Message, StringComparison.Ordinal);
        Assert.Contains("no system 'counting'", Assert.Throws<UserMistakeException>(() => new SystemTrials([], new()).Run(text, "rule", 0, CancellationToken.None)).Message, StringComparison.Ordinal);
    }

    private SystemRun Begin(CountingSystem system, string name)
    {
        var header = new RunHeader { System = "counting", Scale = Scale.Smoke };
        return SystemRun.Begin(
            system, new(header, system.Settings, system.Settings.Default), configuration => RunFolder.Create(configuration, Path.Combine(_folder, name), TimeProvider.System));
    }

    private sealed class ProgramPool(ITrialProgram program) : ITrialPool, ITrialRunner
    {
        private string _text = "";

        public int Slots => 2;

        public ITrialRunner Runner(string kind, string text)
        {
            Assert.Equal(program.Kind, kind);
            _text = text;
            return this;
        }

        public FinishedTrial Run(string arm, int seed, CancellationToken cancellation)
        {
            lock (program) return program.Run(_text, arm, seed, cancellation);
        }
    }

    private sealed class Watcher(Action look) : IProgress<StudyProgress>
    {
        public void Report(StudyProgress value) => look();
    }

    private sealed class Interrupter(int trials, CancellationTokenSource interruption) : IProgress<StudyProgress>
    {
        public void Report(StudyProgress value)
        {
            if (value.Done >= trials) interruption.Cancel();
        }
    }

    private sealed class CountingSystem : ISystem, IStudy
    {
        public int Trials { get; private set; }

        public string? Mistake { get; init; }

        public SystemDescription Description { get; } = new("counting", "", "", "", "", [], new Dictionary<Scale, double>(), "");

        public SettingsSchema Settings => SampleSettings.Schema;

        public IReadOnlyList<Arm> Arms => [new("rule", ArmKind.Heuristic, Count), new("method", ArmKind.Method, Count)];

        public IReadOnlyList<Claim> Claims => [];

        public int SeedCount => 4;

        public IReadOnlyList<Metric> Metrics => [new("draw", "draw", HigherIsBetter: true)];

        public string ReferenceArm => "rule";

        public IStudy CreateStudy(StudyRequest request) => Mistake is null ? this : throw new UserMistakeException(Mistake);

        public ApplyReport Apply(ApplyRequest request, IProgress<(double Share, string Text)>? progress, CancellationToken cancellation) =>
            throw new NotSupportedException("Only its study is tested.");

        private IReadOnlyList<Measurement> Count(Trial trial, CancellationToken cancellation)
        {
            Trials++;
            return [new("draw", "one", trial.Seeds.Start().NextDouble())];
        }
    }
}
