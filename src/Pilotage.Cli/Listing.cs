using Pilotage.Algorithms;

namespace Pilotage.Cli;

/// <summary>One kind of thing that users can name on the command line.</summary>
/// <param name="Kind">Plural, lower case: <c>systems</c>.</param>
/// <param name="Use">The command that takes such a name.</param>
/// <param name="Entries">Names with one line each.</param>
internal sealed record Listing(string Kind, string Use, IReadOnlyList<(string Name, string Summary)> Entries)
{
    /// <summary>The kind whose list also has what trainings left.</summary>
    public const string Policies = "policies";

    /// <summary>All kinds.</summary>
    /// <param name="systems">The systems on offer.</param>
    public static IReadOnlyList<Listing> All(SystemCatalog systems) =>
    [
        new("systems", "pilotage run <name>", [.. systems.All.Select(system => (system.Description.Slug, system.Description.Summary))]),
        new("environments", "pilotage train --environment <name>", [.. InstalledEnvironments.All().Select(entry => (entry.Name, entry.Summary))]),
        new(Policies, "each environment's rule of thumb: the row that training must beat", [.. InstalledEnvironments.All().Select(entry => ($"heuristic of {entry.Name}", entry.Heuristic))]),
        new("algorithms", "pilotage train --algorithm <name>", [.. AlgorithmCatalog.All.Select(entry => (entry.Name, $"{entry.Title}: {entry.Summary}"))]),
    ];
}
