namespace Pilotage.Systems.Governance.Tests.Ofs;

/// <summary>Where the public data sets are, beside the checkout.</summary>
internal static class RealData
{
    /// <summary>The folder, or <see langword="null"/> where there is none.</summary>
    public static string? Folder
    {
        get
        {
            for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
                if (Path.Combine(folder.FullName, "shared", "data", "ofs") is var path && Directory.Exists(path)) return path;
            return null;
        }
    }
}
