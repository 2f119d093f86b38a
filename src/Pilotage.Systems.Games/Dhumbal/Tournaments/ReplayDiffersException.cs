namespace Pilotage.Systems.Games.Dhumbal;

/// <summary>A logged round does not go as the log says.</summary>
internal sealed class ReplayDiffersException(string message) : Exception(message);
