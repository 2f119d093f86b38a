using Pilotage.Tensors;
using Pilotage.Testing.Reference;

namespace Pilotage.Tests.Tensors;

/// <summary>One use of an operator: what its inputs are drawn from, and the function, which allocates nothing of its own.</summary>
/// <param name="Function">Of the inputs, in the open step.</param>
/// <param name="Inputs">Shapes of the inputs.</param>
internal sealed record OperatorCase(Func<OracleInputs, Tensor> Function, params Shape[] Inputs)
{
    /// <summary>Range of the inputs' numbers.</summary>
    public (double Low, double High) Range { get; init; } = (-2, 2);

    public OracleInputs Draw(ulong key) => new(key, Range.Low, Range.High, Inputs);
}
