namespace Pilotage.Lab.Checkpoints;

/// <summary>The newest checkpoint that could be read.</summary>
/// <param name="Checkpoint">Its content.</param>
/// <param name="Path">Its file.</param>
/// <param name="Messages">What to tell the user: newer files that could not be used, and why. Empty if the newest was good.</param>
public sealed record LoadedCheckpoint(Checkpoint Checkpoint, string Path, IReadOnlyList<string> Messages);
