namespace Pilotage.Environments.Mujoco;

/// <summary>Where the models of the tasks lie, for those who may do without.</summary>
public static class MujocoModels
{
    private const string Sign = "hopper.xml";

    /// <summary>Looks for the models: in a folder, in <c>mjcf</c> in it, and without a folder in <c>shared/data/mjcf</c> beside the checkout.</summary>
    /// <param name="given">The models' folder or that of all data sets; <see langword="null"/> to look beside the checkout.</param>
    /// <param name="start">Where to begin looking upwards for the checkout, usually the current folder.</param>
    /// <returns>The folder; <see langword="null"/> if they are not there.</returns>
    public static string? Find(string? given, string start)
    {
        if (given is not null) return Candidates(given).FirstOrDefault(IsThere);
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Pilotage.slnx"))) return Candidates(Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", "data"))).FirstOrDefault(IsThere);
        return null;
    }

    /// <summary>Whether the library of this machine can be loaded.</summary>
    /// <returns><see langword="false"/> where it is missing or of another version.</returns>
    public static bool HasLibrary()
    {
        try
        {
            MujocoLibrary.Load();
            return true;
        }
        catch (UserMistakeException)
        {
            return false;
        }
    }

    private static string[] Candidates(string root) => [root, Path.Combine(root, "mjcf")];

    private static bool IsThere(string folder) => File.Exists(Path.Combine(folder, Sign));
}
