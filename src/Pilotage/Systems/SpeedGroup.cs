namespace Pilotage.Systems;

/// <summary>Speed cases that a user asks for by one name.</summary>
/// <param name="Name">As users type it: <c>inventory</c>.</param>
/// <param name="Summary">A few words: what is measured.</param>
/// <param name="Cases">At least one; those of the short set first.</param>
public sealed record SpeedGroup(string Name, string Summary, IReadOnlyList<SpeedCase> Cases);
