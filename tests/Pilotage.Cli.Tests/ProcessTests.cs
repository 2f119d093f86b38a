using System.Diagnostics;
using Pilotage.Evaluation.Reports;
using Xunit;

namespace Pilotage.Cli.Tests;

/// <summary>What only a process of its own can show: signals, kills, pipes.</summary>
public sealed class ProcessTests
{
    private static readonly string ToolPath = Path.Combine(AppContext.BaseDirectory, "Pilotage.Cli.dll");

    // A run of some seconds, with checkpoints from its first instant on.
    private static readonly string[] Training =
        ["train", "-a", "ppo", "-e", "CartPole-v1", "--steps", "30000", "--checkpoint-every", "1000", "--evaluate-episodes", "2", "--set", "hidden=[32]"];

    [Fact]
    public void Kill_InMidTraining_ResumesToTheSameBits()
    {
        using var folder = new TemporaryFolder();
        var whole = Tool.Run([.. Training, "--json", "--out", folder.In("whole")]);

        for (var attempt = 0; attempt == 0 || (attempt < 20 && File.Exists(folder.In("killed", "report.json"))); attempt++)
        {
            // On a busy machine the run may be over before it is killed: then once more.
            if (Directory.Exists(folder.In("killed"))) Directory.Delete(folder.In("killed"), recursive: true);
            using var process = Start([.. Training, "--out", folder.In("killed")]);
            WaitForCheckpoint(process, folder.In("killed", "checkpoints"));
            process.Kill();
            process.WaitForExit();
        }
        var resumed = Tool.Run("resume", folder.In("killed"), "--json");

        Assert.True(resumed.ExitCode == ExitCode.Ok, resumed.Error);
        Assert.Equal(Hash(whole), Hash(resumed));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void Signal_InMidTraining_SavesSaysHowToResumeAndResumesToTheSameBits(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        using var folder = new TemporaryFolder();
        var whole = Tool.Run([.. Training, "--json", "--out", folder.In("whole")]);

        var (exitCode, error) = (ExitCode.Ok, "");
        for (var attempt = 0; attempt < 20 && exitCode == ExitCode.Ok; attempt++)
        {
            // On a busy machine the run may be over before the signal is sent: then once more.
            if (Directory.Exists(folder.In("stopped"))) Directory.Delete(folder.In("stopped"), recursive: true);
            using var process = Start([.. Training, "--out", folder.In("stopped")]);
            WaitForCheckpoint(process, folder.In("stopped", "checkpoints"));
            using (var kill = Process.Start(new ProcessStartInfo("kill", [$"-{signal}", $"{process.Id}"]) { RedirectStandardError = true })!) kill.WaitForExit();
            error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            exitCode = process.ExitCode;
        }
        var resumed = Tool.Run("resume", folder.In("stopped"), "--json");

        Assert.Equal(ExitCode.Interrupted, exitCode);
        Assert.Contains($"pilotage resume {folder.In("stopped")}", error);
        Assert.Equal(Hash(whole), Hash(resumed));
    }

    [Fact]
    public void Pipe_WhoseReaderLeaves_EndsQuietly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Needs a POSIX shell.");
        // The shell's reader closes the pipe without reading; the tool writes into nothing.
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", $"set -o pipefail; dotnet '{ToolPath}' show ppo | true; echo \"${{PIPESTATUS[0]}}\""])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        var (output, error) = (shell.StandardOutput.ReadToEnd(), shell.StandardError.ReadToEnd());
        shell.WaitForExit();

        Assert.Equal("0", output.Trim());
        Assert.Empty(error);
    }

    [Fact]
    public void Output_OfTwoCommands_IsPlainTextWithoutEscapeCodes()
    {
        using var folder = new TemporaryFolder();
        using var process = Start(["train", "-a", "ppo", "-e", "CartPole-v1", "--steps", "1024", "--evaluate-episodes", "2", "--json", "--out", folder.In("run")]);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        Assert.DoesNotContain('\u001b', output);
        Assert.Equal(File.ReadAllText(folder.In("run", "report.json")), output);
    }

    [Fact]
    public void Schedule_OfJobsThatFitNowhere_TellsAndExitsTwo_AndOfOthersExitsWell()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllLines(folder.In("machines.csv"), ["name,cores,memory,speed", "a,2,4,1"]);
        File.WriteAllLines(folder.In("jobs.csv"), ["job,arrival,work,cores", "small,0,3,1", "wide,0,1,8"]);
        string[] arguments = ["schedule", "--jobs", folder.In("jobs.csv"), "--machines", folder.In("machines.csv"), "--policy", "fifo", "--out"];

        using var refused = Start([.. arguments, folder.In("refused")]);
        var error = refused.StandardError.ReadToEnd();
        refused.WaitForExit();
        Assert.Equal(ExitCode.UserMistake, refused.ExitCode);
        Assert.StartsWith("PIL1605  A task of stage 'task' of job 'wide' needs 8 cores", error, StringComparison.Ordinal);

        File.WriteAllLines(folder.In("jobs.csv"), ["job,arrival,work,cores", "small,0,3,1"]);
        using var done = Start([.. arguments, folder.In("done")]);
        var output = done.StandardOutput.ReadToEnd();
        done.WaitForExit();
        Assert.Equal(ExitCode.Ok, done.ExitCode);
        Assert.StartsWith("1 job is done after 3 s by fifo", output, StringComparison.Ordinal);
        Assert.Equal("\"small\",\"task\",\"a\",0,3", File.ReadAllLines(folder.In("done", "schedule.csv"))[1]);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Serve_UntilASignal_AnswersTakesANewerPolicyAndEndsWell(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no signals.");
        using var folder = new TemporaryFolder();
        string[] training = ["train", "-a", "ppo", "-e", "CartPole-v1", "--steps", "1024", "--evaluate-episodes", "2", "--set", "hidden=[8]"];
        Tool.Run([.. training, "--out", folder.In("runs", "one")]);
        using var process = Start(["serve", folder.In("runs"), "--port", "0", "--grpc-port", "0", "--reload-every", "0.1"]);
        var printed = "";
        while (!printed.Contains("Ctrl-C", StringComparison.Ordinal) && await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line) printed += line + "\n";
        var address = System.Text.RegularExpressions.Regex.Match(printed, @"HTTP\s+(\S+)").Groups[1].Value;
        Assert.True(address.Length > 0, printed);
        using var client = new HttpClient { BaseAddress = new(address) };

        var before = await Version(client);
        Tool.Run([.. training, "--seed", "1", "--out", folder.In("runs", "two")]);
        while (await Version(client) == before) await Task.Yield();
        using (var kill = Process.Start(new ProcessStartInfo("kill", [$"-{signal}", $"{process.Id}"]))!) await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        var (rest, error) = (await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal((ExitCode.Ok, "Stopped.\n"), (process.ExitCode, rest));
        Assert.Contains("takes over", error, StringComparison.Ordinal);
        Assert.Matches(@"^Serving ppo for CartPole-v1, parameters [0-9a-f]{16}…\n", printed);
    }

    private static async Task<string> Version(HttpClient client)
    {
        using var answer = await client.PostAsync("/act", new StringContent("""{ "observation": [0, 0, 0, 0] }""", System.Text.Encoding.UTF8, "application/json"), TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode, text);
        return System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("version").GetString()!;
    }

    private static Process Start(IReadOnlyList<string> arguments) =>
        Process.Start(new ProcessStartInfo(Launcher[0], [.. Launcher[1..], ToolPath, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    // A background job of a script ignores interrupts, and its children inherit that; the tool under test must not.
    private static string[] Launcher => OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", "dotnet"] : ["dotnet"];

    // Waits for what must come, not for time: for a file to appear, or for the process to end without it.
    private static void WaitForCheckpoint(Process process, string folder)
    {
        while (!Directory.Exists(folder) || Directory.GetFiles(folder, "*.safetensors").Length == 0)
        {
            Assert.False(process.HasExited, process.HasExited ? process.StandardError.ReadToEnd() : "");
            process.WaitForExit(TimeSpan.FromMilliseconds(5));
        }
    }

    private static string Hash(Answer answer) => ReportJson.Read(answer.Output, "output").ParameterHash!;
}
