using Pilotage.Tensors;

namespace Pilotage.Networks;

/// <summary>Two 3 by 3 convolutions beside a straight way: x + conv(relu(norm(conv(relu(norm(x)))))). Keeps the shape.</summary>
/// <remarks>
/// Without a norm it is the block of Espeholt et al., arXiv:1802.01561, figure 3; with one, the pre-activation block of He et al., arXiv:1603.05027. The norm is over
/// the channels of each pixel: unlike batch normalisation it does not mix images, so acting and learning compute the same.
/// </remarks>
public sealed class ResidualBlock
{
    private readonly Norm _firstNorm;
    private readonly ConvolutionLayer _first;
    private readonly Norm _secondNorm;
    private readonly ConvolutionLayer _second;

    /// <summary>Adds the block's parameters. The second convolution begins at 0, so that any number of blocks begins as the identity (Zhang et al., arXiv:1901.09321).</summary>
    /// <param name="parameters">Receives <c>name.first.weight</c> and <c>name.second.weight</c> [3, 3, channels, channels], <c>name.first.bias</c> and <c>name.second.bias</c> [channels], and the norms' parameters.</param>
    /// <param name="name">Prefix of the parameters' names.</param>
    /// <param name="channels">Channels in and out, at least 1.</param>
    /// <param name="random">The stream to draw from.</param>
    /// <param name="normalization">Before each activation.</param>
    public ResidualBlock(Parameters parameters, string name, int channels, ref Randomness random, Normalization normalization = Normalization.None)
    {
        _firstNorm = new(parameters, $"{name}.first_norm", normalization, channels, ref random);
        _first = new(parameters, $"{name}.first", channels, channels, window: 3, ref random, padding: 1);
        _secondNorm = new(parameters, $"{name}.second_norm", normalization, channels, ref random);
        _second = new(parameters, $"{name}.second", channels, channels, window: 3, ref random, padding: 1, initializer: new Initializer.Constant(0));
    }

    /// <summary>Applies the block.</summary>
    /// <param name="x">[images, height, width, channels].</param>
    /// <returns>The same shape.</returns>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    public Tensor Forward(Tensor x)
    {
        var inner = _first.Forward(_firstNorm.Forward(x).Relu());
        return x + _second.Forward(_secondNorm.Forward(inner).Relu());
    }
}
