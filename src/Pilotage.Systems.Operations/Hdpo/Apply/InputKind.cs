namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>What a user's file holds, told by its header.</summary>
internal static class InputKind
{
    /// <summary>The columns of a CSV file's header, in lower case.</summary>
    /// <param name="path">The file; a missing one has none.</param>
    public static string[] Header(string path)
    {
        if (!File.Exists(path)) return [];
        var first = File.ReadLines(path).FirstOrDefault() ?? "";
        return Array.ConvertAll(first.TrimStart('\uFEFF').Split(','), field => field.Trim().Trim('"').ToLowerInvariant());
    }

    /// <summary>Whether a file holds routes: from,to,lead_time.</summary>
    public static bool IsRoutes(string path) => Header(path) is var header && header.Contains("from") && header.Contains("to");

    /// <summary>Whether a file holds locations: location,holding_cost.</summary>
    public static bool IsLocations(string path) => Header(path).Contains("location");

    /// <summary>Whether a file holds stock: series,on_hand.</summary>
    public static bool IsStock(string path) => Header(path).Contains("on_hand");
}
