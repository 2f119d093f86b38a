namespace Pilotage.Systems.Language.R2vpo;

/// <summary>What a search for a rare string came to.</summary>
/// <param name="Steps">Batches until the string's probability was above a half; the limit where it never was.</param>
/// <param name="ClipFraction">Share of the looks at tokens of right strings with |r - 1| above 0.2: where the clipped objective of that radius has no gradient.</param>
/// <param name="Variance">Mean of E[(r - 1)^2] over minibatches.</param>
/// <param name="Probability">The string's probability after each batch.</param>
internal sealed record RareFigures(int Steps, double ClipFraction, double Variance, IReadOnlyList<double> Probability);
