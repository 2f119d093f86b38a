namespace Pilotage.Tensors;

/// <summary>Normalisation of rows, and dropout. They read as members: <c>x.LayerNorm(gain, shift)</c>.</summary>
public static class NormalizationFunctions
{
    extension(Tensor tensor)
    {
        /// <summary>Layer normalisation over the last axis: (x - mean) / sqrt(variance + epsilon), times gain plus shift. The variance divides by the extent.</summary>
        /// <param name="gain">[last axis]; default for none.</param>
        /// <param name="shift">[last axis]; default for none.</param>
        /// <param name="epsilon">Above 0.</param>
        /// <returns>The same shape.</returns>
        /// <exception cref="ArgumentException">The shapes do not fit, or the tensor is a scalar.</exception>
        /// <remarks>Ba et al., arXiv:1607.06450, eq. 4.</remarks>
        public Tensor LayerNorm(Tensor gain = default, Tensor shift = default, float epsilon = 1e-5f) =>
            tensor.Apply(Operator.LayerNorm, tensor.Shape, new() { Number = epsilon }, tensor.Row(gain, Operator.LayerNorm), tensor.Row(shift, Operator.LayerNorm));

        /// <summary>Root-mean-square normalisation over the last axis: x / sqrt(mean(x^2) + epsilon), times gain.</summary>
        /// <param name="gain">[last axis]; default for none.</param>
        /// <param name="epsilon">Above 0.</param>
        /// <returns>The same shape.</returns>
        /// <exception cref="ArgumentException">The shapes do not fit, or the tensor is a scalar.</exception>
        /// <remarks>Zhang and Sennrich, arXiv:1910.07467, eq. 4.</remarks>
        public Tensor RmsNorm(Tensor gain = default, float epsilon = 1e-6f) =>
            tensor.Apply(Operator.RmsNorm, tensor.Shape, new() { Number = epsilon }, tensor.Row(gain, Operator.RmsNorm));

        /// <summary>Sets elements to zero at random and scales the others up, so that the expectation stays. For training; leave it out when acting.</summary>
        /// <param name="rate">Probability of zero, in [0, 1).</param>
        /// <param name="random">Gives one key; an element's fate depends on the key and its place alone, not on threads.</param>
        /// <returns>The same shape.</returns>
        /// <exception cref="ArgumentOutOfRangeException">The rate lies outside [0, 1).</exception>
        public Tensor Dropout(float rate, ref Randomness random)
        {
            if (!(rate is >= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(rate), $"Dropout: the rate is {rate}; it must be in [0, 1).");
            var key = random.NextBits();
            return rate == 0 ? tensor : tensor.Apply(Operator.Dropout, tensor.Shape, new() { Number = rate, Key = key });
        }

        private int Row(Tensor row, Operator operation)
        {
            var shape = tensor.Shape;
            if (shape.Rank == 0) throw new ArgumentException($"{operation}: a scalar has no axis to normalise over.");
            if (row.IsNone) return -1;
            if (row.Shape != new Shape(shape[-1])) throw new ArgumentException($"{operation}: gain or shift {row.Shape} does not fit the last axis of {shape}; wanted [{shape[-1]}].");
            return row.SlotOn(tensor.Tape);
        }
    }
}
