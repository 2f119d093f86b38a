using Pilotage.Environments;
using Pilotage.Environments.Mujoco;
using Pilotage.Environments.PointMass;
using Pilotage.Lab.Data;

namespace Pilotage.Cli;

/// <summary>The environments that the command line offers: those of the library, the risky point mass, and the MuJoCo tasks.</summary>
internal static class InstalledEnvironments
{
    /// <summary>All environments, in the order in which they are listed.</summary>
    /// <param name="data">Folder of the MuJoCo models or of all data sets, as the user named it; <see langword="null"/> to look beside the checkout.</param>
    /// <returns>Entries that look for libraries and files only when an environment is created.</returns>
    public static IReadOnlyList<EnvironmentEntry> All(string? data = null) => [.. EnvironmentCatalog.All, .. PointMassCatalog.All, .. MujocoCatalog.All(() => ModelFolder(data))];

    private static string ModelFolder(string? data)
    {
        var folder = DataFolders.Of(DataCatalog.MujocoModels, DataFolders.Root(data, Environment.CurrentDirectory));
        return Directory.Exists(folder)
            ? folder
            : throw new UserMistakeException(new Mistake(
                "PIL1005", "The MuJoCo models are not on this machine.", folder, $"Get them with: pilotage data get {DataCatalog.MujocoModels.Name}, or name their folder with --data.").ToString());
    }
}
