namespace Pilotage.Tensors;

/// <summary>Reductions over axes. They read as members: <c>x.Sum(-1)</c>.</summary>
/// <remarks>Of no elements the sum is 0 and the log-sum-exp negative infinity; mean, maximum and minimum of none do not exist and throw, also where another axis is empty.</remarks>
public static class ReductionFunctions
{
    extension(Tensor tensor)
    {
        /// <summary>Sums over axes; over all without any. Of no elements 0.</summary>
        /// <param name="axes">Axes to sum over, which vanish.</param><returns>The sums.</returns>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        public Tensor Sum(params ReadOnlySpan<int> axes) => tensor.Reduce(Reduction.Sum, nameof(Sum), axes);

        /// <summary>Averages over axes; over all without any.</summary>
        /// <param name="axes">Axes to average over, which vanish.</param><returns>The means.</returns>
        /// <exception cref="ArgumentException">One of the axes is empty.</exception>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        public Tensor Mean(params ReadOnlySpan<int> axes) => tensor.Reduce(Reduction.Mean, nameof(Mean), axes);

        /// <summary>The largest over axes, over all without any; the first of equal ones takes the gradient.</summary>
        /// <param name="axes">Axes to search, which vanish.</param><returns>The maxima; NaN where there is one.</returns>
        /// <exception cref="ArgumentException">One of the axes is empty.</exception>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        public Tensor Max(params ReadOnlySpan<int> axes) => tensor.Reduce(Reduction.Maximum, nameof(Max), axes);

        /// <summary>The smallest over axes, over all without any; the first of equal ones takes the gradient.</summary>
        /// <param name="axes">Axes to search, which vanish.</param><returns>The minima; NaN where there is one.</returns>
        /// <exception cref="ArgumentException">One of the axes is empty.</exception>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        public Tensor Min(params ReadOnlySpan<int> axes) => -(-tensor).Reduce(Reduction.Maximum, nameof(Min), axes);

        /// <summary>log(sum(exp(x))) over axes, over all without any; does not overflow. Of no elements, and of negative infinities, negative infinity without gradient.</summary>
        /// <param name="axes">Axes to reduce, which vanish.</param><returns>The results.</returns>
        /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
        public Tensor LogSumExp(params ReadOnlySpan<int> axes) => tensor.Reduce(Reduction.LogSumExp, nameof(LogSumExp), axes);

        private Tensor Reduce(Reduction reduction, string name, ReadOnlySpan<int> axes)
        {
            var shape = tensor.Shape;
            var bits = axes.IsEmpty ? (1u << shape.Rank) - 1 : 0;
            foreach (var axis in axes) bits |= 1u << shape.Axis(axis, name);
            Span<int> extents = stackalloc int[Shape.MaximumRank];
            var count = 0;
            for (var i = 0; i < shape.Rank; i++)
                if ((bits >> i & 1) == 0) extents[count++] = shape[i];
                else if (shape[i] == 0 && reduction is (Reduction.Mean or Reduction.Maximum))
                    throw new ArgumentException($"{name}: axis {i} of {shape} is empty, and of no elements there is none; leave empty tensors out.", nameof(axes));
            return new(tensor.Tape, tensor.Tape.Reduce(reduction, tensor.Slot, bits, new Shape(extents[..count])));
        }
    }
}
