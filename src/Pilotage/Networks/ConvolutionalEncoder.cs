using Pilotage.Tensors;

namespace Pilotage.Networks;

/// <summary>Turns pixels or grids into features: stages of a convolution and residual blocks, relu, flatten. No pooling: a stride makes images smaller.</summary>
public sealed class ConvolutionalEncoder
{
    private readonly (ConvolutionLayer Convolution, ResidualBlock[] Blocks)[] _stages;
    private readonly string _name;
    private readonly int _height;
    private readonly int _width;
    private readonly int _channels;

    /// <summary>Adds the stages' parameters, initialised as <see cref="ConvolutionLayer"/> and <see cref="ResidualBlock"/> say.</summary>
    /// <param name="parameters">Receives <c>name.0.convolution.weight</c>, <c>name.0.convolution.bias</c>, <c>name.0.block0.first.weight</c>, ….</param>
    /// <param name="name">Prefix of the parameters' names.</param>
    /// <param name="height">Of the images, at least 1.</param>
    /// <param name="width">Of the images, at least 1.</param>
    /// <param name="channels">Of the images, at least 1.</param>
    /// <param name="stages">At least one; see <see cref="Atari"/> for a usual choice.</param>
    /// <param name="random">The stream to draw from.</param>
    /// <param name="normalization">Inside the residual blocks.</param>
    /// <exception cref="ArgumentException">There is no stage, or a window is larger than what reaches it.</exception>
    public ConvolutionalEncoder(
        Parameters parameters, string name, int height, int width, int channels, IReadOnlyList<ConvolutionStage> stages, ref Randomness random, Normalization normalization = Normalization.None)
    {
        if (stages.Count == 0) throw new ArgumentException($"ConvolutionalEncoder {name}: there is no stage; wanted at least one.", nameof(stages));
        (_name, _height, _width, _channels) = (name, height, width, channels);
        _stages = new (ConvolutionLayer, ResidualBlock[])[stages.Count];
        for (var i = 0; i < stages.Count; i++)
        {
            var stage = stages[i];
            var convolution = new ConvolutionLayer(parameters, $"{name}.{i}.convolution", channels, stage.Channels, stage.Window, ref random, stage.Stride, stage.Padding);
            var (after, afterWidth) = (convolution.SizeAfter(height), convolution.SizeAfter(width));
            if (after < 1 || afterWidth < 1)
                throw new ArgumentException($"ConvolutionalEncoder {name}: the window {stage.Window} of stage {i} is larger than the {height} by {width} that reach it with padding {stage.Padding}. Use fewer stages, smaller strides or more padding.", nameof(stages));
            var blocks = new ResidualBlock[stage.ResidualBlocks];
            for (var b = 0; b < blocks.Length; b++) blocks[b] = new(parameters, $"{name}.{i}.block{b}", stage.Channels, ref random, normalization);
            _stages[i] = (convolution, blocks);
            (height, width, channels) = (after, afterWidth, stage.Channels);
        }
        OutputSize = height * width * channels;
    }

    /// <summary>The three stages that Mnih et al., Nature 518 (2015), used on images of 84 by 84.</summary>
    public static IReadOnlyList<ConvolutionStage> Atari { get; } = [new(32, Window: 8, Stride: 4), new(64, Window: 4, Stride: 2), new(64, Window: 3)];

    /// <summary>Features per image.</summary>
    public int OutputSize { get; }

    /// <summary>Applies the stages.</summary>
    /// <param name="x">[images, height, width, channels], or flat rows of an observation in that order, [images, height * width * channels].</param>
    /// <returns>[images, <see cref="OutputSize"/>], none negative.</returns>
    /// <exception cref="ArgumentException">The shape is another.</exception>
    public Tensor Forward(Tensor x)
    {
        var shape = x.Shape;
        var isFlat = shape.Rank == 2 && shape[1] == _height * _width * _channels;
        if (!isFlat && (shape.Rank != 4 || shape != new Shape(shape[0], _height, _width, _channels)))
            throw new ArgumentException($"ConvolutionalEncoder {_name}: input {shape} does not fit; wanted [images, {_height}, {_width}, {_channels}] or [images, {_height * _width * _channels}].", nameof(x));
        var images = shape[0];
        if (isFlat) x = x.Reshape(images, _height, _width, _channels);
        foreach (var (convolution, blocks) in _stages)
        {
            x = convolution.Forward(x);
            foreach (var block in blocks) x = block.Forward(x);
            x = x.Relu();
        }
        return x.Reshape(images, OutputSize);
    }
}
