using Pilotage.Tensors;

namespace Pilotage.Torch.Operators;

/// <summary>The Torch backend's implementation of each <see cref="Operator"/>.</summary>
internal static class TorchOperators
{
    private static readonly CumulativeSum CumulativeSum = new();
    private static readonly CumulativeLogSumExp CumulativeLogSumExp = new();
    private static readonly ScatterAdd ScatterAdd = new();
    private static readonly Expand Expand = new();
    private static readonly LayerNorm LayerNorm = new();
    private static readonly RmsNorm RmsNorm = new();
    private static readonly Embedding Embedding = new();
    private static readonly Convolution Convolution = new();
    private static readonly Attention Attention = new();
    private static readonly Rotary Rotary = new();
    private static readonly GatedRecurrence GatedRecurrence = new();
    private static readonly Dropout Dropout = new();

    public static TorchOperator Of(Operator operation) => operation switch
    {
        Operator.CumulativeSum => CumulativeSum,
        Operator.CumulativeLogSumExp => CumulativeLogSumExp,
        Operator.ScatterAdd => ScatterAdd,
        Operator.Expand => Expand,
        Operator.LayerNorm => LayerNorm,
        Operator.RmsNorm => RmsNorm,
        Operator.Embedding => Embedding,
        Operator.Convolution => Convolution,
        Operator.Attention => Attention,
        Operator.Rotary => Rotary,
        Operator.GatedRecurrence => GatedRecurrence,
        Operator.Dropout => Dropout,
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "Not an operator of the Torch backend."),
    };
}
