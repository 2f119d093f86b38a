namespace Pilotage.Systems.Control.Tests.DatasetPerspective;

/// <summary>Real data beside the checkout.</summary>
internal static class RealData
{
    /// <summary>The folder of a data set; <see langword="null"/> where it is absent.</summary>
    public static string? Folder(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, "shared", "data", name) is var path && Directory.Exists(path)) return path;
        return null;
    }
}
