using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Environments.Mujoco;
using Pilotage.Policies;

namespace Pilotage.Systems.Control.Symphony;

/// <summary>A task of the study with the sizes that its learners have.</summary>
/// <param name="Entry">The environment.</param>
/// <param name="Title">In tables: "Pendulum".</param>
/// <param name="Method">Symphony's settings, steps included.</param>
/// <param name="Sac">SAC's settings, steps included.</param>
/// <param name="Td3">TD3's settings, steps included.</param>
/// <param name="AllAblations">Whether every ablation runs on it, or those alone that claims speak of.</param>
/// <param name="Tests">Tests in the course of a training.</param>
/// <param name="TestEpisodes">Episodes of each.</param>
internal sealed record SymphonyTask(EnvironmentEntry Entry, string Title, SymphonyConfig Method, SacConfig Sac, Td3Config Td3, bool AllAblations, int Tests, int TestEpisodes)
{
    /// <summary>In names of metrics and claims: <c>pendulum</c>.</summary>
    public string Slug => Title.ToLowerInvariant();

    public long Steps => Method.Steps;

    /// <summary>The tests that the final figures are of: the last ten.</summary>
    public IEnumerable<int> FinalTests => Enumerable.Range(1, Tests).TakeLast(10);

    /// <summary>Steps after which a test is due.</summary>
    public long MarkOf(int test) => Steps * test / Tests;

    /// <summary>A policy that never moves: the middle of the box.</summary>
    public IPolicy Still
    {
        get
        {
            var box = (ActionSpace.Box)Entry.Spec.Actions;
            return new ConstantPolicy([.. box.Low.Zip(box.High, (low, high) => (low + high) / 2)]);
        }
    }

    /// <summary>A registered environment, MuJoCo's tasks among them.</summary>
    /// <param name="name">As the user typed it.</param>
    /// <param name="models">Folder of MuJoCo models, or the folder that holds it as <c>mjcf</c>; <see langword="null"/> for none.</param>
    /// <exception cref="UserMistakeException">There is none of this name.</exception>
    public static EnvironmentEntry Find(string name, string? models) => EnvironmentCatalog.Find(name, [.. EnvironmentCatalog.All, .. MujocoCatalog.All(() => ModelFolder(models))]);

    private static string ModelFolder(string? models)
    {
        if (models is not null)
            foreach (var folder in new[] { models, Path.Combine(models, "mjcf") })
                if (File.Exists(Path.Combine(folder, "half_cheetah.xml"))) return folder;
        throw new UserMistakeException(new Mistake(
            "PIL1402", models is null ? "A MuJoCo task needs MuJoCo's model files." : "This folder holds no MuJoCo models.", models ?? "", "Get them with: pilotage data get mjcf, and name their folder.").ToString());
    }
}
