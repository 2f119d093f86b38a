namespace Pilotage.Tensors;

/// <summary>Convolution. It reads as a member: <c>x.Convolve(weight)</c>.</summary>
public static class ConvolutionFunctions
{
    extension(Tensor tensor)
    {
        /// <summary>Two-dimensional convolution (cross-correlation), channels last.</summary>
        /// <param name="weight">[height, width, in / groups, out]; the tensor is [images, height, width, in].</param>
        /// <param name="bias">[out]; default for none.</param>
        /// <param name="stride">Step of the window in both directions, at least 1.</param>
        /// <param name="padding">Zeros on each side in both directions, at least 0.</param>
        /// <param name="groups">Divides the channels in and out; each group sees its own channels. As many as channels for a depthwise convolution.</param>
        /// <returns>[images, (height + 2 padding - window) / stride + 1, the same of the width, out].</returns>
        /// <exception cref="ArgumentException">The shapes do not fit, or the window is larger than the padded image.</exception>
        public Tensor Convolve(Tensor weight, Tensor bias = default, int stride = 1, int padding = 0, int groups = 1)
        {
            var (x, w) = (tensor.Shape, weight.Shape);
            if (stride < 1 || padding < 0 || groups < 1) throw new ArgumentException($"Convolve: stride {stride}, padding {padding}, groups {groups}; wanted at least 1, 0, 1.");
            if (x.Rank != 4 || w.Rank != 4 || w[2] * groups != x[3] || w[3] % groups != 0 || (!bias.IsNone && bias.Shape != new Shape(w[3])))
                throw new ArgumentException($"Convolve: input {x}, weight {w}, bias {(bias.IsNone ? "none" : bias.Shape.ToString())} with {groups} groups do not fit; wanted [images, height, width, in], [height, width, in / groups, out], [out].");
            var (height, width) = (x[1] + 2 * padding - w[0], x[2] + 2 * padding - w[1]);
            if (height < 0 || width < 0) throw new ArgumentException($"Convolve: the window {w[0]} by {w[1]} is larger than the padded image {x[1] + 2 * padding} by {x[2] + 2 * padding}.", nameof(weight));
            return tensor.Apply(Operator.Convolution, new Shape(x[0], height / stride + 1, width / stride + 1, w[3]), new() { First = stride, Second = padding, Third = groups },
                weight.SlotOn(tensor.Tape), bias.IsNone ? -1 : bias.SlotOn(tensor.Tape));
        }
    }
}
