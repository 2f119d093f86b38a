using System.Diagnostics;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports;
using Xunit;

namespace Pilotage.Cli.Tests;

/// <summary>Language systems from the command line to their files, kills in the middle included.</summary>
public sealed class LanguageCommandTests
{
    private static readonly string[] Settings =
    [
        "--set", "apply.steps=12", "--set", "apply.checkpointEvery=1", "--set", "apply.batch.prompts=8", "--set", "apply.batch.groupSize=4", "--set", "apply.batch.minibatches=2", "--set", "apply.evaluationSamples=2",
        "--set", "apply.warmStart.updates=60", "--set", "apply.warmStart.width=16", "--set", "apply.warmStart.layers=1", "--set", "method.share=0.1",
    ];

    [Fact]
    public void Apply_KilledInMidTraining_IsResumedToTheSameBits()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder.In("sums.jsonl"), Enumerable.Range(0, 100).Select(i => $$"""{"prompt": "{{i / 10}}+{{i % 10}}=", "answer": "{{i / 10 + i % 10}}"}"""));
        string[] Command(string run) => ["apply", "lp-reg", "--input", folder.In("sums.jsonl"), "--out", folder.In(run), .. Settings];
        var whole = Tool.Run(Command("whole"));
        Assert.True(whole.ExitCode == ExitCode.Ok, whole.Error);
        Assert.Contains("Memory for learning: ", whole.Error, StringComparison.Ordinal);

        for (var attempt = 0; attempt == 0 || (attempt < 20 && File.Exists(folder.In("killed", "report.json"))); attempt++)
        {
            // On a busy machine the run may be over before it is killed: then once more.
            if (Directory.Exists(folder.In("killed"))) Directory.Delete(folder.In("killed"), recursive: true);
            using var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Pilotage.Cli.dll"), .. Command("killed")]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            while (!Directory.Exists(folder.In("killed", "checkpoints")) || !Directory.EnumerateFiles(folder.In("killed", "checkpoints")).Any(file => Path.GetExtension(file).Length == 0))
            {
                Assert.False(process.HasExited, process.HasExited ? process.StandardError.ReadToEnd() : "");
                process.WaitForExit(TimeSpan.FromMilliseconds(5));
            }
            process.Kill();
            process.WaitForExit();
        }
        var begunAnew = Tool.Run(Command("killed"));
        var sharedOut = Tool.Run("resume", folder.In("killed"), "--workers", "2");
        var resumed = Tool.Run("resume", folder.In("killed"));

        Assert.Contains("PIL0205", begunAnew.Error, StringComparison.Ordinal);
        Assert.Contains("PIL2113", sharedOut.Error, StringComparison.Ordinal);
        Assert.True(resumed.ExitCode == ExitCode.Ok, resumed.Error);
        Assert.Equal(File.ReadAllBytes(folder.In("whole", "model", "model.safetensors")), File.ReadAllBytes(folder.In("killed", "model", "model.safetensors")));
        Assert.Equal(File.ReadAllText(folder.In("whole", "answers.jsonl")), File.ReadAllText(folder.In("killed", "answers.jsonl")));
    }

    [Fact]
    public void Run_LpRegAtSmokeScale_WritesItsReportAndGivesNoVerdict()
    {
        using var folder = new TemporaryFolder();

        var answer = Tool.Run("run", "lp-reg", "--scale", "smoke", "--json", "--out", folder.In("run"), "--set", "lab.steps=1", "--set", $"lab.warmStartFolder={folder.In("warm")}", "--set", "lab.warmStart.batchSize=8");

        Assert.True(answer.ExitCode == ExitCode.Ok, answer.Error);
        var report = ReportJson.Read(answer.Output, "output");
        Assert.Equal("lp-reg", report.System);
        Assert.All(report.Claims, claim => Assert.Equal(Verdict.NotEvaluated, claim.Verdict));
        Assert.True(File.Exists(folder.In("run", "report.html")));
    }
}
