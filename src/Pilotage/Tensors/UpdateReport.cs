namespace Pilotage.Tensors;

/// <summary>What one call of <see cref="Optimizer.Descend"/> did.</summary>
/// <param name="Loss">The loss before the update.</param>
/// <param name="GradientNorm">Euclidean norm of the whole gradient before clipping.</param>
public readonly record struct UpdateReport(float Loss, float GradientNorm);
