using Xunit;

namespace Pilotage.Systems.Operations.Tests.CloudAutoscaling;

/// <summary>Finds the real traces: PILOTAGE_DATA, or a data folder beside the checkout. Tests that need them are skipped elsewhere.</summary>
internal static class RealData
{
    public static string FolderOrSkip()
    {
        var folder = Environment.GetEnvironmentVariable("PILOTAGE_DATA") ?? BesideCheckout();
        Assert.SkipWhen(folder is null || !File.Exists(Path.Combine(folder, "nasa_http_1995_per_minute.csv")), "The real traces are not on this machine.");
        return folder!;
    }

    private static string? BesideCheckout()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
            if (File.Exists(Path.Combine(at.FullName, "Pilotage.slnx"))) return Path.Combine(at.FullName, "..", "shared", "data", "cloud-autoscaling");
        return null;
    }
}
