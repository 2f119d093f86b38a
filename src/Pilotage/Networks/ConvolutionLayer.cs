using Pilotage.Tensors;

namespace Pilotage.Networks;

/// <summary>One two-dimensional convolution with an activation, channels last.</summary>
public sealed class ConvolutionLayer
{
    private readonly Parameter _weight;
    private readonly Parameter _bias;
    private readonly string _name;
    private readonly Activation _activation;

    /// <summary>Adds the layer's parameters; the bias begins at 0.</summary>
    /// <param name="parameters">Receives <c>name.weight</c> [window, window, in / groups, out] and <c>name.bias</c> [out].</param>
    /// <param name="name">Prefix of the parameters' names.</param>
    /// <param name="channels">Channels in, at least 1.</param>
    /// <param name="outputs">Channels out, at least 1.</param>
    /// <param name="window">Height and width of the window, at least 1.</param>
    /// <param name="random">The stream to draw from.</param>
    /// <param name="stride">Step of the window, at least 1.</param>
    /// <param name="padding">Zeros on each side, at least 0; half the window keeps the size at stride 1.</param>
    /// <param name="groups">Divides the channels in and out; as many as channels for a depthwise convolution.</param>
    /// <param name="activation">Applied to each result.</param>
    /// <param name="initializer">Of the weight; <see langword="null"/> for orthogonal with gain sqrt(2) over the window and the channels in, as the widely used actor-critics do before relu.</param>
    /// <exception cref="ArgumentException">The groups do not divide the channels.</exception>
    public ConvolutionLayer(
        Parameters parameters, string name, int channels, int outputs, int window, ref Randomness random,
        int stride = 1, int padding = 0, int groups = 1, Activation activation = Activation.None, Initializer? initializer = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(channels, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(stride, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(padding, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(groups, 1);
        if (channels % groups != 0 || outputs % groups != 0)
            throw new ArgumentException($"ConvolutionLayer {name}: {groups} groups do not divide {channels} channels in and {outputs} out.", nameof(groups));
        (_name, Channels, Outputs, Window, Stride, Padding, Groups, _activation) = (name, channels, outputs, window, stride, padding, groups, activation);
        _weight = parameters.Add($"{name}.weight", new(window, window, channels / groups, outputs), initializer ?? new Initializer.Orthogonal(Math.Sqrt(2)), ref random);
        _bias = parameters.Add($"{name}.bias", new(outputs), new Initializer.Constant(0), ref random);
    }

    /// <summary>Channels in.</summary>
    public int Channels { get; }

    /// <summary>Channels out.</summary>
    public int Outputs { get; }

    /// <summary>Height and width of the window.</summary>
    public int Window { get; }

    /// <summary>Step of the window.</summary>
    public int Stride { get; }

    /// <summary>Zeros on each side.</summary>
    public int Padding { get; }

    /// <summary>Groups of channels that see only themselves.</summary>
    public int Groups { get; }

    /// <summary>What an extent of the image becomes.</summary>
    /// <param name="extent">Height or width.</param>
    /// <returns>(extent + 2 padding - window) / stride + 1, or 0 where the window does not fit.</returns>
    public int SizeAfter(int extent) => extent + 2 * Padding < Window ? 0 : (extent + 2 * Padding - Window) / Stride + 1;

    /// <summary>Applies the layer.</summary>
    /// <param name="x">[images, height, width, channels].</param>
    /// <returns>[images, height after, width after, outputs]; see <see cref="SizeAfter"/>.</returns>
    /// <exception cref="ArgumentException">The shape is another, or the window is larger than the padded image.</exception>
    public Tensor Forward(Tensor x)
    {
        var shape = x.Shape;
        if (shape.Rank != 4 || shape[3] != Channels || SizeAfter(shape[1]) < 1 || SizeAfter(shape[2]) < 1)
            throw new ArgumentException($"ConvolutionLayer {_name}: input {shape} does not fit; wanted [images, height, width, {Channels}], height and width at least {Math.Max(1, Window - 2 * Padding)}.", nameof(x));
        return x.Convolve(Tensor.Of(_weight), Tensor.Of(_bias), Stride, Padding, Groups).Activate(_activation);
    }
}
