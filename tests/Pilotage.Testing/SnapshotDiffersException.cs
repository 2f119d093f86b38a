namespace Pilotage.Testing;

/// <summary>A text is not the committed one; the message holds the line diff.</summary>
/// <param name="message">File and diff.</param>
public sealed class SnapshotDiffersException(string message) : Exception(message);
