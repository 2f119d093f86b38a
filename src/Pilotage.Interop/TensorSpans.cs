using System.Buffers;
using System.Numerics.Tensors;

namespace Pilotage.Tensors;

/// <summary>Views of System.Numerics.Tensors in and out of a step. Values are copied both ways: a step's memory is its own.</summary>
public static class TensorSpans
{
    extension(Tensor)
    {
        /// <summary>Copies a view into the open step.</summary>
        /// <param name="values">Any strides, slices and broadcasts included; at most 6 axes.</param>
        /// <returns>A tensor of the same shape.</returns>
        /// <exception cref="ArgumentException">The view has more than 6 axes.</exception>
        /// <exception cref="InvalidOperationException">No step is open on this thread.</exception>
        public static Tensor From(scoped in ReadOnlyTensorSpan<float> values)
        {
            if (values.Rank > Shape.MaximumRank) throw new ArgumentException($"Tensor.From: the view has {values.Rank} axes, a tensor at most {Shape.MaximumRank}. Reshape it first.", nameof(values));
            Span<int> shape = stackalloc int[Shape.MaximumRank];
            for (var axis = 0; axis < values.Rank; axis++) shape[axis] = checked((int)values.Lengths[axis]);
            var count = checked((int)values.FlattenedLength);
            var rented = ArrayPool<float>.Shared.Rent(count);
            try
            {
                values.FlattenTo(rented.AsSpan(0, count));
                return Tensor.From(rented.AsSpan(0, count), shape[..values.Rank]);
            }
            finally
            {
                ArrayPool<float>.Shared.Return(rented);
            }
        }
    }

    /// <summary>Copies a tensor's values into a view: a way out of the step.</summary>
    /// <param name="tensor">Of a step that is open.</param>
    /// <param name="destination">Of the same shape; any strides.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    /// <exception cref="ObjectDisposedException">The tensor's step has ended.</exception>
    public static void CopyTo(this Tensor tensor, scoped in TensorSpan<float> destination)
    {
        var shape = tensor.Shape;
        var isSame = shape.Rank == destination.Rank;
        Span<nint> lengths = stackalloc nint[Shape.MaximumRank];
        for (var axis = 0; axis < shape.Rank; axis++)
        {
            lengths[axis] = shape[axis];
            isSame = isSame && destination.Lengths[axis] == shape[axis];
        }
        if (!isSame) throw new ArgumentException($"CopyTo: the tensor is {shape}, the view [{string.Join(", ", destination.Lengths.ToArray())}]. Give a view of the same shape.", nameof(destination));
        var rented = ArrayPool<float>.Shared.Rent(shape.Count);
        try
        {
            var values = rented.AsSpan(0, shape.Count);
            tensor.CopyTo(values);
            new ReadOnlyTensorSpan<float>(values, lengths[..shape.Rank]).CopyTo(destination);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(rented);
        }
    }
}
