namespace Pilotage.Tensors.Operators;

/// <summary>The managed backend's implementation of each <see cref="Operator"/>.</summary>
internal static class ManagedOperators
{
    private static readonly LayerNorm LayerNorm = new();

    public static ManagedOperator Of(Operator operation) => operation switch
    {
        Operator.LayerNorm => LayerNorm,
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "Not an operator of the managed backend."),
    };
}
