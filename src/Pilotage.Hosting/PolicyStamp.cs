using Pilotage.Policies;

namespace Pilotage.Hosting;

/// <summary>What tells one state of a policy's files from another without reading them.</summary>
/// <param name="Path">The policy's folder.</param>
/// <param name="Description">Last write and length of the description.</param>
/// <param name="Weights">Last write and length of the weights.</param>
internal readonly record struct PolicyStamp(string Path, (DateTime Written, long Length) Description, (DateTime Written, long Length) Weights)
{
    /// <summary>The newest policy at a path: the one there, or of a folder of runs the one that was written last.</summary>
    /// <param name="path">A policy, a run, or a folder of them.</param>
    /// <returns><see langword="null"/> if there is none.</returns>
    public static PolicyStamp? Newest(string path)
    {
        if (PolicyFile.Exists(path)) return Of(path);
        if (!Directory.Exists(path)) return null;
        PolicyStamp? newest = null;
        foreach (var stamp in Directory.EnumerateDirectories(path).Where(PolicyFile.Exists).Order(StringComparer.Ordinal).Select(Of))
            if (newest is not { } last || stamp.Description.Written >= last.Description.Written) newest = stamp;
        return newest;
    }

    private static PolicyStamp Of(string path)
    {
        var folder = System.IO.Path.GetFileName(path) == PolicyFile.DescriptionName ? System.IO.Path.GetDirectoryName(path)!
            : File.Exists(System.IO.Path.Combine(path, PolicyFile.DescriptionName)) ? path
            : System.IO.Path.Combine(path, PolicyFile.FolderInRun);
        return new(folder, State(PolicyFile.DescriptionName), State(PolicyFile.WeightsName));

        (DateTime, long) State(string name)
        {
            var file = new FileInfo(System.IO.Path.Combine(folder, name));
            return file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
        }
    }
}
