using Pilotage.Environments.Mujoco;
using Xunit;

namespace Pilotage.Environments.Tests.Mujoco;

/// <summary>Finds MuJoCo and the models: PILOTAGE_MODELS, or the data folder beside the checkout. Tests that need them are skipped elsewhere.</summary>
internal static class Models
{
    /// <summary>Skips the test where MuJoCo is missing.</summary>
    public static void NeedMujoco()
    {
        try { MujocoLibrary.Load(); }
        catch (UserMistakeException mistake) { Assert.Skip(mistake.Message); }
    }

    /// <summary>The folder of the models; skips the test where they or MuJoCo are missing.</summary>
    public static string FolderOrSkip()
    {
        NeedMujoco();
        var folder = Environment.GetEnvironmentVariable("PILOTAGE_MODELS") ?? BesideCheckout();
        Assert.SkipWhen(folder is null || !File.Exists(Path.Combine(folder, "hopper.xml")), "The MuJoCo models are not on this machine: pilotage data get mjcf");
        return folder!;
    }

    /// <summary>One model; skips the test where it or MuJoCo is missing.</summary>
    public static MujocoModel Load(string file) => MujocoModel.Load(Path.Combine(FolderOrSkip(), file));

    /// <summary>Every task, from these models; skips the test where they or MuJoCo are missing.</summary>
    public static EnvironmentEntry Entry(string name)
    {
        var folder = FolderOrSkip();
        return MujocoCatalog.All(() => folder).Single(entry => entry.Name == name);
    }

    /// <summary>The names of all tasks.</summary>
    public static TheoryData<string> Names => [.. MujocoCatalog.All(() => "").Select(entry => entry.Name)];

    private static string? BesideCheckout()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Pilotage.slnx"))) return Path.Combine(at.FullName, "..", "shared", "data", "mjcf");
        return null;
    }
}
