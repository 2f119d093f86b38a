namespace Pilotage.Environments.Drawing;

/// <summary>A filled polygon.</summary>
/// <param name="Ink">Its colour.</param>
/// <param name="Points">Corners in the scene's unit; the last is joined to the first.</param>
public sealed record SceneShape(Ink Ink, IReadOnlyList<(double X, double Y)> Points);
