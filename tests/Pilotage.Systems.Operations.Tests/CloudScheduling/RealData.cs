using Xunit;

namespace Pilotage.Systems.Operations.Tests.CloudScheduling;

/// <summary>The recorded jobs and traces, which are not part of the repository.</summary>
internal static class RealData
{
    /// <summary>Path of the data folder beside the checkout; the test is skipped where it is absent.</summary>
    public static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "..", "shared", "data");
            if (Directory.Exists(Path.Combine(path, "cloud-scheduling"))) return Path.GetFullPath(path);
        }
        Assert.Skip("The recorded jobs are not beside the checkout (../shared/data/cloud-scheduling).");
        return "";
    }
}
