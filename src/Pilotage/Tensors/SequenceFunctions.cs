namespace Pilotage.Tensors;

/// <summary>Running sums, orders and scattered sums. They read as members: <c>x.CumulativeSum(-1)</c>.</summary>
public static class SequenceFunctions
{
    extension(Tensor tensor)
    {
        /// <summary>Running sums along an axis: element i is the sum of elements 0 to i.</summary>
        /// <param name="axis">The axis.</param>
        /// <returns>The same shape.</returns>
        public Tensor CumulativeSum(int axis = -1) => tensor.Apply(Operator.CumulativeSum, tensor.Shape, new() { First = tensor.Shape.Axis(axis, Operator.CumulativeSum) });

        /// <summary>log of the running sums of exp(x) along an axis; does not overflow. The log-normalisers of a Plackett-Luce order.</summary>
        /// <param name="axis">The axis.</param>
        /// <returns>The same shape.</returns>
        public Tensor CumulativeLogSumExp(int axis = -1) => tensor.Apply(Operator.CumulativeLogSumExp, tensor.Shape, new() { First = tensor.Shape.Axis(axis, Operator.CumulativeLogSumExp) });

        /// <summary>Sums elements into places along an axis: y[.., index[.., i, ..], ..] += x[.., i, ..]. The opposite of <see cref="Tensor.Gather"/>.</summary>
        /// <param name="index">The shape of the tensor.</param>
        /// <param name="axis">The axis to scatter along.</param>
        /// <param name="extent">Places on the axis of the result, at least 0.</param>
        /// <returns>The tensor's shape with another extent on the axis; places that no index names are 0.</returns>
        /// <exception cref="ArgumentException">The index has another shape.</exception>
        /// <exception cref="ArgumentOutOfRangeException">An index lies outside the axis.</exception>
        public Tensor ScatterAdd(Indices index, int axis, int extent)
        {
            var (shape, place) = (tensor.Shape, tensor.Shape.Axis(axis, Operator.ScatterAdd));
            if (index.Shape != shape) throw new ArgumentException($"ScatterAdd: index {index.Shape} does not have the tensor's shape {shape}.", nameof(index));
            if (extent < 0) throw new ArgumentOutOfRangeException(nameof(extent), $"ScatterAdd: the extent is {extent}; it must be at least 0.");
            return tensor.Apply(Operator.ScatterAdd, shape.With(place, extent), new() { First = place }, index.SlotOn(tensor.Tape));
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

        /// <summary>Puts a border at both ends of an axis.</summary>
        /// <param name="axis">The axis to lengthen.</param>
        /// <param name="before">Places put before the first, at least 0.</param>
        /// <param name="after">Places put behind the last, at least 0.</param>
        /// <param name="value">Of the border's elements.</param>
        /// <returns>The shape with the axis longer by both.</returns>
        /// <exception cref="ArgumentOutOfRangeException">A border is negative, or there is no such axis.</exception>
        public Tensor Pad(int axis, int before, int after, float value = 0)
        {
            if (before < 0 || after < 0) throw new ArgumentOutOfRangeException(nameof(before), $"Pad: the borders are {before} and {after}; they must be at least 0.");
            var place = tensor.Shape.Axis(axis, nameof(Pad));
            Span<int> first = stackalloc int[Shape.MaximumRank], last = stackalloc int[Shape.MaximumRank];
            tensor.Shape.With(place, before).CopyTo(first);
            tensor.Shape.With(place, after).CopyTo(last);
            return Tensor.Concat(place, Tensor.Filled(value, first[..tensor.Shape.Rank]), tensor, Tensor.Filled(value, last[..tensor.Shape.Rank]));
        }

        /// <summary>Places of the largest elements of the last axis, largest first; equal elements in their order, NaN first. No gradient: gather with them.</summary>
        /// <param name="count">How many, at most the extent of the axis.</param>
        /// <returns>[.., count].</returns>
        /// <exception cref="ArgumentOutOfRangeException">The axis has fewer elements.</exception>
        public Indices TopK(int count) => tensor.Order(nameof(TopK), descending: true, count);

        /// <summary>Places of all elements of the last axis in ascending order; equal elements in their order, NaN last. No gradient: gather with them.</summary>
        /// <returns>The same shape.</returns>
        public Indices Sorted() => tensor.Order(nameof(Sorted), descending: false, tensor.Shape.Rank == 0 ? 1 : tensor.Shape[-1]);

        /// <summary>Place of the largest element of the last axis, the first of equal ones. No gradient.</summary>
        /// <returns>The shape without the last axis.</returns>
        /// <exception cref="ArgumentException">The axis is empty, or the tensor a scalar.</exception>
        public Indices ArgMax() => tensor.Order(nameof(ArgMax), descending: true, 1, dropAxis: true);

        private Indices Order(string name, bool descending, int count, bool dropAxis = false)
        {
            var shape = tensor.Shape;
            if (shape.Rank == 0) throw new ArgumentException($"{name}: a scalar has no axis to order.");
            if (dropAxis && shape[-1] == 0) throw new ArgumentException($"{name}: axis {shape.Rank - 1} of {shape} is empty, and of no elements there is none; leave empty tensors out.");
            if (count < 0 || count > shape[-1]) throw new ArgumentOutOfRangeException(nameof(count), $"{name}: {count} places asked of the last axis of {shape}; allowed are 0 to {shape[-1]}.");
            return new(tensor.Tape, tensor.Tape.Order(tensor.Slot, descending, dropAxis ? shape.Without(-1) : shape.With(-1, count), count));
        }
    }
}
