using System.Diagnostics;
using Xunit;

namespace Pilotage.Cli.Tests;

public sealed class SweepProcessTests
{
    private static readonly string ToolPath = Path.Combine(AppContext.BaseDirectory, "Pilotage.Cli.dll");

    private static readonly string[] Sweep =
    [
        "sweep", "--algorithm", "ppo", "--environment", "CartPole-v1", "--plain", "--set", "steps=2048", "--set", "hidden=[16]", "--vary", "learningRate=1e-4..1e-2:log", "--trials", "6", "--tuning-seeds", "2", "--test-seeds", "7",
        "--episodes", "2", "--threads", "1",
    ];

    // Once while it searches and once while it judges.
    [Theory]
    [InlineData("tuning", 5)]
    [InlineData("test", 9)]
    public void Kill_InMidSweep_ResumesToTheSameBytes(string phase, int trials)
    {
        using var folder = new TemporaryFolder();
        Tool.Run([.. Sweep, "--out", folder.In("whole")]);

        for (var attempt = 0; attempt == 0 || (attempt < 20 && File.Exists(folder.In("killed", "report.json"))); attempt++)
        {
            // On a busy machine the run may be over before it is killed: then once more.
            if (Directory.Exists(folder.In("killed"))) Directory.Delete(folder.In("killed"), recursive: true);
            using var process = Process.Start(new ProcessStartInfo("dotnet", [ToolPath, .. Sweep, "--out", folder.In("killed")]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            while (!process.HasExited && Kept(folder.In("killed", "trials", phase)) < trials) process.WaitForExit(TimeSpan.FromMilliseconds(2));
            process.Kill();
            process.WaitForExit();
        }
        var resumed = Tool.Run("resume", folder.In("killed"), "--threads", "2");

        Assert.True(resumed.ExitCode == ExitCode.Ok, resumed.Error);
        foreach (var file in new[] { "choice.json", "best.yaml" }) Assert.Equal(File.ReadAllText(folder.In("whole", file)), File.ReadAllText(folder.In("killed", file)));
        Assert.Equal(Arms(folder.In("whole")), Arms(folder.In("killed")));
    }

    private static int Kept(string folder) => Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json").Length : 0;

    private static string Arms(string run) => Evaluation.Reports.ReportJson.Write(Evaluation.Reports.ReportJson.Read(File.ReadAllText(Path.Combine(run, "report.json")), run).WithoutCircumstances());
}
