namespace Pilotage.Algorithms.Offline;

/// <summary>An offline algorithm as users name it.</summary>
/// <param name="Name">As users type it: <c>cql</c>.</param>
/// <param name="Title">In words.</param>
/// <param name="Source">Paper.</param>
/// <param name="Family">What it does with the data.</param>
/// <param name="Summary">One line: which data it suits.</param>
/// <param name="Create">Makes the objective.</param>
public sealed record OfflineEntry(string Name, string Title, string Source, OfflineFamily Family, string Summary, CreateObjective Create);
