namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>A player of a tournament.</summary>
/// <param name="Name">As it stands in tables; unique in a tournament.</param>
/// <param name="Agent">Decides.</param>
public sealed record Contestant(string Name, IDhumbalAgent Agent);
