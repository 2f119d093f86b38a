namespace Pilotage.Tensors;

/// <summary>Running sums, orders and scattered sums. They read as members: <c>x.CumulativeSum(-1)</c>.</summary>
public static class SequenceFunctions
{
    extension(Tensor tensor)
    {
        /// <summary>Running sums along an axis: element i is the sum of elements 0 to i.</summary>
        /// <param name="axis">The axis.</param>
        /// <returns>The same shape.</returns>
        public Tensor CumulativeSum(int axis = -1) => tensor.Apply(Operator.CumulativeSum, tensor.Shape, new() { First = tensor.Shape.Axis(axis) });

        /// <summary>log of the running sums of exp(x) along an axis; does not overflow. The log-normalisers of a Plackett-Luce order.</summary>
        /// <param name="axis">The axis.</param>
        /// <returns>The same shape.</returns>
        public Tensor CumulativeLogSumExp(int axis = -1) => tensor.Apply(Operator.CumulativeLogSumExp, tensor.Shape, new() { First = tensor.Shape.Axis(axis) });

        /// <summary>Sums elements into places along an axis: y[.., index[.., i, ..], ..] += x[.., i, ..]. The opposite of <see cref="Tensor.Gather"/>.</summary>
        /// <param name="index">The shape of the tensor.</param>
        /// <param name="axis">The axis to scatter along.</param>
        /// <param name="extent">Places on the axis of the result, at least 0.</param>
        /// <returns>The tensor's shape with another extent on the axis; places that no index names are 0.</returns>
        /// <exception cref="ArgumentException">The index has another shape.</exception>
        /// <exception cref="ArgumentOutOfRangeException">An index lies outside the axis.</exception>
        public Tensor ScatterAdd(Indices index, int axis, int extent)
        {
            var shape = tensor.Shape;
            if (index.Shape != shape) throw new ArgumentException($"ScatterAdd: index {index.Shape} does not have the tensor's shape {shape}.", nameof(index));
            ArgumentOutOfRangeException.ThrowIfNegative(extent);
            return tensor.Apply(Operator.ScatterAdd, shape.With(axis, extent), new() { First = shape.Axis(axis) }, index.SlotOn(tensor.Tape));
        }

        /// <summary>Repeats the tensor along axes of extent 1 and missing leading axes. Arithmetic broadcasts by itself; this is for joining and reshaping.</summary>
        /// <param name="shape">The extents to broadcast to.</param>
        /// <returns>The repeated tensor.</returns>
        /// <exception cref="ArgumentException">The tensor does not broadcast to the shape.</exception>
        public Tensor Expand(params ReadOnlySpan<int> shape)
        {
            var wanted = new Shape(shape);
            if (Shape.Broadcast(tensor.Shape, wanted, Operator.Expand) != wanted) throw new ArgumentException($"Expand: {tensor.Shape} does not broadcast to {wanted}.", nameof(shape));
            return tensor.Apply(Operator.Expand, wanted, default);
        }

        /// <summary>Places of the largest elements of the last axis, largest first; equal elements in their order, NaN first. No gradient: gather with them.</summary>
        /// <param name="count">How many, at most the extent of the axis.</param>
        /// <returns>[.., count].</returns>
        /// <exception cref="ArgumentOutOfRangeException">The axis has fewer elements.</exception>
        public Indices TopK(int count) => tensor.Order(descending: true, count);

        /// <summary>Places of all elements of the last axis in ascending order; equal elements in their order, NaN last. No gradient: gather with them.</summary>
        /// <returns>The same shape.</returns>
        public Indices Sorted() => tensor.Order(descending: false, tensor.Shape.Rank == 0 ? 1 : tensor.Shape[-1]);

        /// <summary>Place of the largest element of the last axis, the first of equal ones. No gradient.</summary>
        /// <returns>The shape without the last axis.</returns>
        /// <exception cref="ArgumentOutOfRangeException">The axis is empty.</exception>
        public Indices ArgMax() => tensor.Order(descending: true, 1, dropAxis: true);

        private Indices Order(bool descending, int count, bool dropAxis = false)
        {
            var shape = tensor.Shape;
            if (shape.Rank == 0) throw new ArgumentException("Order: a scalar has no axis to order.");
            if (count < 0 || count > shape[-1]) throw new ArgumentOutOfRangeException(nameof(count), $"Order: {count} places asked of the last axis of {shape}; allowed are 0 to {shape[-1]}.");
            return new(tensor.Tape, tensor.Tape.Order(tensor.Slot, descending, dropAxis ? shape.Without(-1) : shape.With(-1, count), count));
        }
    }
}
