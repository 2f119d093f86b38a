namespace Pilotage.Environments.Arcade;

/// <summary>A rule that presses a button.</summary>
/// <param name="observation">The screen.</param>
internal delegate Button ArcadeRule(ReadOnlySpan<float> observation);
