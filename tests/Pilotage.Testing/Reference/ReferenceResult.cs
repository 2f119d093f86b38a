using Pilotage.Tensors;

namespace Pilotage.Testing.Reference;

/// <summary>What the reference gave at the unperturbed point.</summary>
/// <param name="Shape">The output's extents.</param>
/// <param name="Values">The output, row-major.</param>
/// <param name="Condition">Sum over elements of |value times derivative of the weighted output| at the worst node.</param>
/// <param name="Magnitudes">For each parameter, the sum of the absolute values of the terms of each gradient element.</param>
internal readonly record struct ReferenceResult(Shape Shape, double[] Values, double Condition, IReadOnlyDictionary<Parameter, double[]> Magnitudes);
