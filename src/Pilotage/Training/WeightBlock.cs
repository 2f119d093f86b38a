namespace Pilotage.Training;

/// <summary>A named block of weights.</summary>
/// <param name="Name">Dotted path: <c>policy.hidden0.weight</c>.</param>
/// <param name="Shape">Row-major shape.</param>
/// <param name="Values">A view of the live values; as many as the shape says.</param>
public sealed record WeightBlock(string Name, IReadOnlyList<int> Shape, Memory<float> Values);
