namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>A player of a game file, read and not yet made.</summary>
/// <param name="Settings">As written.</param>
/// <param name="Kind"><c>style</c>, <c>search</c>, <c>policy</c>, <c>train</c>; empty for a built-in one.</param>
/// <param name="Where">For messages.</param>
internal sealed record ContestantPlan(ContestantSettings Settings, string Kind, string Where);
