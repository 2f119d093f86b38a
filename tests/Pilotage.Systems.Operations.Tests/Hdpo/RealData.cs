using Pilotage.Systems.Operations.Hdpo;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.Hdpo;

/// <summary>Finds the recorded sales: PILOTAGE_DATA_HDPO, or a data folder beside the checkout. Tests that need them are skipped elsewhere.</summary>
internal static class RealData
{
    public static string FolderOrSkip()
    {
        var folder = Environment.GetEnvironmentVariable("PILOTAGE_DATA_HDPO") ?? BesideCheckout();
        Assert.SkipWhen(folder is null || !File.Exists(Path.Combine(folder, FavoritaPanel.Sales)), "The recorded sales are not on this machine.");
        return folder!;
    }

    private static string? BesideCheckout()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Pilotage.slnx"))) return Path.Combine(at.FullName, "..", "shared", "data", "hdpo");
        return null;
    }
}
