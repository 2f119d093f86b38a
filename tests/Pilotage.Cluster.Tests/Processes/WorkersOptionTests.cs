using System.Diagnostics;
using System.Globalization;
using Pilotage.Cli;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports;
using Pilotage.Lab;
using Pilotage.Lab.Runs;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Cluster.Tests.Processes;

/// <summary>The embedded cluster: <c>--workers N</c>, with processes that are killed as the system kills them.</summary>
public sealed class WorkersOptionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Run_InWorkerProcesses_GivesTheSameReportBitForBit(int workers)
    {
        var spread = Tool.Run([.. Tool.Study, "--out", _folder.In("spread"), "--workers", $"{workers}"]);

        Assert.Equal(0, spread.ExitCode);
        Assert.StartsWith($"{workers} worker processes on this machine.\n", spread.Error, StringComparison.Ordinal);
        Assert.Equal(Tool.Expected, Tool.Bits(spread.Output));
    }

    [Fact]
    public void Sweep_InWorkerProcesses_GivesTheSameReportBitForBit()
    {
        string[] sweep =
        [
            "sweep", "--algorithm", "ppo", "--environment", "CartPole-v1", "--plain", "--set", "steps=1024", "--vary", "learningRate=1e-4..1e-2:log", "--trials", "3", "--tuning-seeds", "1",
            "--test-seeds", "7", "--episodes", "2", "--method", "random", "--json",
        ];
        var alone = Tool.Run([.. sweep, "--out", _folder.In("alone")]);
        var spread = Tool.Run([.. sweep, "--out", _folder.In("spread"), "--workers", "2"]);

        Assert.True(spread.ExitCode == 0, spread.Error);
        Assert.Equal(Tool.Bits(alone.Output), Tool.Bits(spread.Output));
    }

    // Two kinds of parcels: a network's weights, and policies with their descriptions.
    [Fact]
    public void Apply_InWorkerProcesses_GivesTheSameAnswerAndFilesBitForBit()
    {
        File.WriteAllLines(_folder.In("demand.csv"), ["series,period,value", .. Enumerable.Range(0, 240).Select(i => FormattableString.Invariant($"item-{i / 120},{new DateTime(2023, 1, 2, 0, 0, 0, DateTimeKind.Utc).AddDays(7 * (i % 120)):yyyy-MM-dd},{10 + i * 7 % 13}"))]);
        File.WriteAllLines(_folder.In("machines.csv"), ["name,cores,memory,speed,idle_watts,full_watts,price_per_hour", "slow,1,8,1,50,100,0.1", "fast,1,8,3,80,300,0.4"]);
        File.WriteAllLines(_folder.In("jobs.csv"), ["job,arrival,work,deadline", .. Enumerable.Range(0, 20).Select(i => FormattableString.Invariant($"job-{i},{2 * i},{1 + i * 7 % 9},{2 * i + 12}"))]);
        File.WriteAllText(_folder.In("game.json"), """{"deals": 4, "rules": {"players": 2}, "agents": ["aggressive", {"name": "mine", "train": "ppo"}, {"name": "other", "train": "dqn"}]}""");

        Same("hdpo", ["--input", _folder.In("demand.csv"), "--set", "apply.updates=20", "--set", "apply.seeds=3", "--set", "forecastUpdates=20", "--set", "recordRules.updates=5"]);
        Same("cloud-scheduling", ["--input", _folder.In("machines.csv"), _folder.In("jobs.csv"), "--set", "apply.algorithms=[fifo, ppo, ppo-queue]", "--set", "apply.steps=2048", "--set", "apply.sequences=3"]);
        Same("dhumbal", ["--input", _folder.In("game.json"), "--set", "ppo.steps=4096", "--set", "ppo.environmentCount=4", "--set", "dqn.steps=2048", "--set", "dqn.learningStarts=500"]);

        void Same(string system, string[] words)
        {
            var alone = Tool.Run(["apply", system, .. words, "--json", "--out", _folder.In($"{system}-alone")]);
            var spread = Tool.Run(["apply", system, .. words, "--json", "--out", _folder.In($"{system}-spread"), "--workers", "2"]);

            Assert.True(alone.ExitCode == 0, alone.Error);
            Assert.True(spread.ExitCode == 0, spread.Error);
            Assert.StartsWith("2 worker processes on this machine.\n", spread.Error, StringComparison.Ordinal);
            Assert.DoesNotContain("nothing to do", spread.Error, StringComparison.Ordinal);
            Assert.Equal(alone.Output, spread.Output);
            string[] files = [.. FilesOf($"{system}-alone")];
            Assert.Equal(files, FilesOf($"{system}-spread"));
            // figures.csv ends in the time of a decision; the report that was printed has all else of it.
            foreach (var file in files.Where(file => Path.GetExtension(file) is ".csv" or ".safetensors" or ".jsonl" && file != "figures.csv"))
                Assert.Equal(File.ReadAllBytes(_folder.In($"{system}-alone/{file}")), File.ReadAllBytes(_folder.In($"{system}-spread/{file}")));
        }

        IEnumerable<string> FilesOf(string run) => Directory.GetFiles(_folder.In(run), "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(_folder.In(run), file)).Order();
    }

    [Fact]
    public void Kill_OfWorkersInMidRun_ReplacesThemAndGivesTheSameReport()
    {
        var told = new List<string>();
        using var pool = ClusterPool.StartLocal(2, ProgramVersion.Text, new("dotnet", [Tool.Main]), line => { lock (told) told.Add(line); });
        var first = pool.Processes;
        var killer = new Killer(pool, afterTrials: [1, 9]);

        var report = Begin("killed").Run(1, killer, CancellationToken.None, pool);

        Assert.Equal(2, killer.Killed);
        lock (told) Assert.Equal(2, told.Count(line => line.StartsWith("A worker died: exit code 137", StringComparison.Ordinal)));
        Assert.NotEmpty(first.Values.Except(pool.Processes.Values));
        Assert.Equal(Tool.Expected, ReportJson.Write(report.WithoutCircumstances()));
    }

    [Fact]
    public async Task Kill_OfTheAsker_EndsItsWorkersAndTheRunGoesOnWithOthers()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc.");
        List<int> children = [];
        for (var attempt = 0; attempt < 20 && children.Count == 0; attempt++)
        {
            // On a busy machine the run may be over before it is killed: then once more.
            if (Directory.Exists(_folder.In("killed"))) Directory.Delete(_folder.In("killed"), recursive: true);
            using var asker = Tool.Start(null, [.. Tool.Study, "--out", _folder.In("killed"), "--workers", "2"]);
            await TestCluster.UntilAsync(() => Task.FromResult(asker.HasExited || Tool.TrialsIn(_folder.In("killed")) > 0));
            children = ChildrenOf(asker.Id);
            asker.Kill();
            await asker.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(2, children.Count);
        await TestCluster.UntilAsync(() => Task.FromResult(children.All(child => !Directory.Exists($"/proc/{child}"))));
        var resumed = Tool.Run("resume", _folder.In("killed"), "--json", "--workers", "2");
        Assert.Equal((0, Tool.Expected), (resumed.ExitCode, Tool.Bits(resumed.Output)));
    }

    [Fact]
    public void AWorkerThatDiesAtOnce_IsGivenUpWithTheReason()
    {
        var told = new List<string>();
        using var pool = ClusterPool.StartLocal(2, ProgramVersion.Text, new("bash", ["-c", "echo no room >&2; exit 137"]), line => { lock (told) told.Add(line); });

        var failure = Assert.Throws<RunFailedException>(() => pool.Runner("study", "text").Run("arm", 0, CancellationToken.None));

        Snapshot.Matches(failure.Message);
        lock (told) Assert.Equal(2, told.Count(line => line.Contains("died 5 times with nothing finished in between and is given up", StringComparison.Ordinal)));
    }

    [Fact]
    public void AnArmThatRefusesItsInput_IsTheUsersMistakeFromAWorkerToo()
    {
        using var pool = ClusterPool.StartLocal(1, ProgramVersion.Text, new("dotnet", [Tool.Main]), _ => { });
        var text = File.ReadAllText(Path.Combine(Begin("mistake").Folder.Path, "config.yaml"));

        Assert.Contains("has no arm 'nobody'", Assert.Throws<UserMistakeException>(() => pool.Runner("study", text).Run("nobody", 0, CancellationToken.None)).Message, StringComparison.Ordinal);
        Assert.Contains("no trials of kind 'unheard'", Assert.Throws<UserMistakeException>(() => pool.Runner("unheard", text).Run("a", 0, CancellationToken.None)).Message, StringComparison.Ordinal);
    }

    private SystemRun Begin(string name)
    {
        var system = SystemCatalog.Installed.Find("ofs");
        var header = new RunHeader { Command = Lab.Runs.RunCommand.Run, System = "ofs", Scale = Scale.Smoke, Device = "cpu", Version = ProgramVersion.Text };
        return SystemRun.Begin(system, new(header, system.Settings, system.Settings.Default), configuration => RunFolder.Create(configuration, _folder.In(name), TimeProvider.System));
    }

    private static List<int> ChildrenOf(int parent) =>
        [.. Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(name => int.TryParse(name, out _)).Select(name => int.Parse(name!, CultureInfo.InvariantCulture)).Where(process => ParentOf(process) == parent)];

    private static int? ParentOf(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return null;                                                 // it ended meanwhile
        }
    }

    /// <summary>Kills a worker after so many trials, once for each number.</summary>
    private sealed class Killer(ClusterPool pool, int[] afterTrials) : IProgress<StudyProgress>
    {
        public int Killed { get; private set; }

        public void Report(StudyProgress value)
        {
            if (Killed == afterTrials.Length || value.Done < afterTrials[Killed]) return;
            Killed++;
            using var victim = Process.GetProcessById(pool.Processes.Values.First());
            victim.Kill();                                               // SIGKILL: no word to anyone
        }
    }
}
