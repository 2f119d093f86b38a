namespace Pilotage.Tracking;

/// <summary>What an export to a server did.</summary>
/// <param name="Pages">The address of each run's page.</param>
/// <param name="Notes">What the user should know; usually empty.</param>
public sealed record ServerExport(IReadOnlyList<string> Pages, IReadOnlyList<string> Notes);
