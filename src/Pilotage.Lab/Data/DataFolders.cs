namespace Pilotage.Lab.Data;

/// <summary>Where public data are looked for: the folder that the user names, or <c>shared/data</c> beside the checkout.</summary>
public static class DataFolders
{
    /// <summary>The parent folder of the data sets' folders.</summary>
    /// <param name="given">What the user named; <see langword="null"/> to look beside the checkout.</param>
    /// <param name="start">Where to begin looking upwards for the checkout, usually the current folder.</param>
    /// <returns>An absolute path, which need not exist; <c>data</c> in <paramref name="start"/> outside a checkout.</returns>
    public static string Root(string? given, string start)
    {
        if (given is not null) return Path.GetFullPath(given, start);
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(Path.Combine(folder.FullName, "Pilotage.slnx"))) continue;
            return Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", "data"));
        }
        return Path.Combine(start, "data");
    }

    /// <summary>The folder of one data set below a root; the root itself if the user named that data set's own folder.</summary>
    /// <param name="set">The data set.</param>
    /// <param name="root">From <see cref="Root"/>.</param>
    /// <returns>An absolute path, which need not exist.</returns>
    public static string Of(DataSet set, string root) => set.MissingIn(root).Count < set.Files.Count ? root : Path.Combine(root, set.Name);
}
