using Pilotage.Tensors;

namespace Pilotage.Testing.Reference.Operators;

/// <summary>Inputs and settings of one call of a <see cref="ReferenceOperator"/>.</summary>
/// <param name="Tensors">One for each input; null where it is absent, indices or a mask.</param>
/// <param name="Indices">One for each input; null where it is not indices.</param>
/// <param name="Masks">One for each input; null where it is not a mask.</param>
/// <param name="Weight">The leaf of the settings' parameter; null for none.</param>
/// <param name="Settings">As the operator documents them.</param>
/// <param name="Shape">The output's.</param>
internal readonly record struct ReferenceCall(
    ReferenceNode?[] Tensors, (int[] Values, Shape Shape)?[] Indices, (bool[] Values, Shape Shape)?[] Masks, ReferenceNode? Weight, OperatorSettings Settings, Shape Shape)
{
    public ReferenceNode Input(int place) => Tensors[place]!;
}
