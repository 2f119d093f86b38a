namespace Pilotage.Tensors;

/// <summary>Adam with decoupled weight decay: values shrink by learning rate times decay before each step, apart from the gradient.</summary>
/// <param name="parameters">What to train; complete before the optimiser is made.</param>
/// <param name="learningRate">Step size α, above 0.</param>
/// <param name="weightDecay">λ, at least 0: 0 is plain Adam; usual 0.01 to 0.1.</param>
/// <param name="firstDecay">β1, in [0, 1).</param>
/// <param name="secondDecay">β2, in [0, 1).</param>
/// <param name="epsilon">Added to the root of the unbiased mean square.</param>
/// <remarks>Loshchilov and Hutter, arXiv:1711.05101, Algorithm 2, with the decay scaled by the learning rate as the widely used libraries do.</remarks>
public sealed class AdamW(Parameters parameters, double learningRate, double weightDecay = 0.01, double firstDecay = 0.9, double secondDecay = 0.999, double epsilon = 1e-8)
    : Adam(parameters, learningRate, firstDecay, secondDecay, epsilon)
{
    /// <inheritdoc/>
    protected override void Update(Span<float> values, ReadOnlySpan<float> gradient, float gradientScale) => Update(values, gradient, gradientScale, weightDecay);
}
