namespace Pilotage.Tensors.Operators;

/// <summary>The managed backend's implementation of each <see cref="Operator"/>.</summary>
internal static class ManagedOperators
{
    private static readonly LayerNorm LayerNorm = new();
    private static readonly Attention Attention = new();
    private static readonly Convolution Convolution = new();
    private static readonly Embedding Embedding = new();
    private static readonly Rotary Rotary = new();

    public static ManagedOperator Of(Operator operation) => operation switch
    {
        Operator.LayerNorm => LayerNorm,
        Operator.Embedding => Embedding,
        Operator.Convolution => Convolution,
        Operator.Attention => Attention,
        Operator.Rotary => Rotary,
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "Not an operator of the managed backend."),
    };
}
