namespace Pilotage.Systems;

/// <summary>A part of an application's work that needs nothing of its other parts, such as the training of one candidate.</summary>
/// <param name="Name">For whoever watches; the same wherever the application runs.</param>
/// <param name="Compute">Pure in the request: the same bytes, wherever and whenever it is computed.</param>
public sealed record ApplyPart(string Name, Func<CancellationToken, byte[]> Compute);
