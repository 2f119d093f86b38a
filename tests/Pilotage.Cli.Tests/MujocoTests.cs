using Pilotage.Environments.Mujoco;
using Pilotage.Evaluation.Reports;
using Pilotage.Lab.Data;
using Xunit;

namespace Pilotage.Cli.Tests;

/// <summary>The MuJoCo tasks from the command line. Those that need library and models are skipped where they are missing.</summary>
public sealed class MujocoTests
{
    [Fact]
    public void Train_WithoutModels_SaysHowToGetThemAndMakesNoRunFolder()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.In("empty"));

        var answer = Tool.Run("train", "-a", "ppo", "-e", "Hopper-v4", "--data", folder.In("empty"), "--out", folder.In("run"));

        Assert.Equal(ExitCode.UserMistake, answer.ExitCode);
        Assert.Contains(
            "PIL1005  The MuJoCo models are not on this machine.\n" +
            $"         {folder.In(Path.Combine("empty", "mjcf"))}. Get them with: pilotage data get mjcf, or name their folder with --data.",
            answer.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(folder.In("run")));
    }

    [Fact]
    public void Train_Task_RunsToItsReportAndResumeFindsItsModels()
    {
        using var folder = new TemporaryFolder();
        var models = ModelsOrSkip();

        var answer = Tool.Run(
            "train", "-a", "ppo", "-e", "InvertedPendulum-v4", "--data", models, "--steps", "256", "--set", "horizon=64", "--set", "epochs=1", "--set", "minibatches=2",
            "--evaluate-episodes", "2", "--json", "--out", folder.In("run"));

        Assert.True(answer.ExitCode == ExitCode.Ok, answer.Error);
        var report = ReportJson.Read(answer.Output, "output");
        Assert.Equal(["heuristic", "ppo"], report.Arms.Select(arm => arm.Name));
        // Bit for bit after a kill: the report is gone, the last checkpoint is there.
        File.Delete(folder.In(Path.Combine("run", "report.json")));
        var resumed = Tool.Run("resume", folder.In("run"), "--json");
        Assert.True(resumed.ExitCode == ExitCode.Ok, resumed.Error);
        Assert.Equal(report.ParameterHash, ReportJson.Read(resumed.Output, "output").ParameterHash);
    }

    [Fact]
    public void Train_RowsByThreads_HasTheBitsOfOneThread()
    {
        using var folder = new TemporaryFolder();
        var models = ModelsOrSkip();
        string Hash(string name, params string[] more)
        {
            var answer = Tool.Run([
                "train", "-a", "ppo", "-e", "Hopper-v5", "--data", models, "--steps", "768", "--set", "environmentCount=3", "--set", "horizon=64", "--set", "epochs=1",
                "--set", "minibatches=2", "--set", "holdNormalization=true", "--evaluate-episodes", "1", "--json", "--out", folder.In(name), .. more]);
            Assert.True(answer.ExitCode == ExitCode.Ok, answer.Error);
            return ReportJson.Read(answer.Output, "output").ParameterHash!;
        }

        Assert.Equal(Hash("alone"), Hash("shared", "--rollout-threads", "2"));
    }

    [Fact]
    public void Doctor_SaysWhetherMujocoIsThere()
    {
        var answer = Tool.Run("doctor", "--json");

        Assert.Contains("\"name\": \"MuJoCo\"", answer.Output, StringComparison.Ordinal);
    }

    private static string ModelsOrSkip()
    {
        try { MujocoLibrary.Load(); }
        catch (UserMistakeException mistake) { Assert.Skip(mistake.Message); }
        var folder = DataFolders.Of(DataCatalog.MujocoModels, DataFolders.Root(given: null, AppContext.BaseDirectory));
        Assert.SkipWhen(DataCatalog.MujocoModels.MissingIn(folder).Count > 0, "The MuJoCo models are not on this machine: pilotage data get mjcf");
        return folder;
    }
}
