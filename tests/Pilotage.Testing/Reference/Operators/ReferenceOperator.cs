using Pilotage.Tensors;

namespace Pilotage.Testing.Reference.Operators;

/// <summary>An operator of the reference backend: plain loops in double.</summary>
internal abstract class ReferenceOperator
{
    /// <summary>The values, and how the adjoint of the output goes back to the inputs.</summary>
    public abstract (double[] Values, Action<double[]> Backward) Compute(in ReferenceCall call);

    public static ReferenceOperator Of(Operator operation) => operation switch
    {
        Operator.CumulativeSum => new ReferenceCumulativeSum(),
        Operator.CumulativeLogSumExp => new ReferenceCumulativeLogSumExp(),
        Operator.ScatterAdd => new ReferenceScatterAdd(),
        Operator.Expand => new ReferenceExpand(),
        Operator.LayerNorm => new ReferenceLayerNorm(),
        Operator.Embedding => new ReferenceEmbedding(),
        Operator.Convolution => new ReferenceConvolution(),
        Operator.Attention => new ReferenceAttention(),
        Operator.Rotary => new ReferenceRotary(),
        Operator.RmsNorm => new ReferenceRmsNorm(),
        Operator.GatedRecurrence => new ReferenceGatedRecurrence(),
        Operator.Dropout => new ReferenceDropout(),
        _ => throw new ArgumentOutOfRangeException(nameof(operation), operation, "Not an operator of the reference backend."),
    };
}
