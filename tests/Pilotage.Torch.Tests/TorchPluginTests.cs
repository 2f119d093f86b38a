using Pilotage.Algorithms;
using Pilotage.Lab;
using Pilotage.Lab.Devices;
using Pilotage.Lab.Runs;
using Pilotage.Tensors;
using Xunit;

namespace Pilotage.Torch.Tests;

/// <summary>The plug-in as the tool loads it: from its folder, in a load context of its own.</summary>
public sealed class TorchPluginTests
{
    private static string Built
    {
        get
        {
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
                if (folder.Name == "artifacts") return Path.Combine(folder.FullName, "bin", "Pilotage.Torch", "release");
            throw new DirectoryNotFoundException("The tests run outside the build's output.");
        }
    }

    [Fact]
    public void Find_Torch_IsADeviceOfThisProcessThatComputes()
    {
        var device = new DeviceCatalog(Built).Find("TORCH");
        Assert.Equal("torch", device.Name);
        Assert.Equal("torch", DeviceCatalog.BackendOf(device));
        // Another context's types: the plug-in's own copy, not the one that this project references.
        Assert.NotSame(TorchDevices.Find("torch"), device);
        using var step = Step.Begin(device);
        Assert.Equal(11, Tensor.From([1, 2], 1, 2).MatMul(Tensor.From([3, 4], 2, 1)).Item());
    }

    [Fact]
    public void Load_VersionAndCuda_AreThoseOfLibtorch()
    {
        var plugin = TorchPlugin.Load(Built);
        Assert.Equal("2.10.0", plugin.Version);
        Assert.Equal(TorchDevices.HasCuda, plugin.HasCuda);
        Assert.Equal(plugin.HasCuda, plugin.Find("cuda") is not null);
    }

    [Fact]
    public void Find_NoPlugin_SaysHowToAddIt()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => new DeviceCatalog("nowhere").Find("torch"));
        Assert.Contains("dotnet build src/Pilotage.Torch", mistake.Message, StringComparison.Ordinal);
        Assert.Same(Device.Managed, new DeviceCatalog("nowhere").Find("cpu"));
    }

    [Fact]
    public void Load_BuiltWithAnotherLibrary_IsRefused()
    {
        var folder = Directory.CreateTempSubdirectory("pilotage-");
        try
        {
            File.Copy(Path.Combine(Built, "Pilotage.Torch.dll"), Path.Combine(folder.FullName, "Pilotage.Torch.dll"));
            // Any other assembly in the place of the library stands for another version of it.
            File.Copy(Path.Combine(Built, "TorchSharp.dll"), Path.Combine(folder.FullName, "Pilotage.dll"));
            Assert.Contains("another version", Assert.Throws<UserMistakeException>(() => TorchPlugin.Load(folder.FullName)).Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void Load_WithoutItsLibraries_IsAMistakeAndNoCrash()
    {
        var folder = Directory.CreateTempSubdirectory("pilotage-");
        try
        {
            foreach (var file in new[] { "Pilotage.dll", "Pilotage.Torch.dll", "TorchSharp.dll" }) File.Copy(Path.Combine(Built, file), Path.Combine(folder.FullName, file));
            Assert.Contains("LibTorchSharp", Assert.Throws<UserMistakeException>(() => TorchPlugin.Load(folder.FullName)).Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void TrainingRun_OnThePlugin_IsReportedAndResumedThere()
    {
        var folder = Directory.CreateTempSubdirectory("pilotage-");
        try
        {
            var device = new DeviceCatalog(Built).Find("torch");
            var header = new RunHeader { Command = RunCommand.Train, Algorithm = "ppo", Environment = "CartPole-v1", Device = device.Name, EvaluationEpisodes = 2, CheckpointEvery = 256 };
            var configuration = new RunConfiguration(header, PpoConfig.Schema, new PpoConfig { Steps = 512, EnvironmentCount = 2, Horizon = 64, Hidden = [8] });
            var run = TrainingRun.Begin(configuration, RunFolder.Create(configuration, Path.Combine(folder.FullName, "run"), TimeProvider.System), device);
            Assert.Equal("torch", run.Run(null, CancellationToken.None).Backend);
            Assert.Equal("torch", run.Folder.Header.Device);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
