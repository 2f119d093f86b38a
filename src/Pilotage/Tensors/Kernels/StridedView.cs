using System.Runtime.CompilerServices;

namespace Pilotage.Tensors.Kernels;

/// <summary>How the elements of a contiguous tensor lie in another buffer: broadcast (stride 0), transposed, or a part. Neighbouring axes are merged.</summary>
/// <remarks>Three loops serve every operation that moves elements: read (view to contiguous), write and add (contiguous to view).</remarks>
internal unsafe struct StridedView
{
    private Axes _extents;
    private Axes _strides;
    private int _rank;

    /// <summary>A small tensor seen with the shape that it broadcasts to.</summary>
    public static StridedView Broadcast(in Shape from, in Shape to)
    {
        var view = new StridedView();
        for (var axis = 0; axis < to.Rank; axis++)
        {
            var place = axis - (to.Rank - from.Rank);
            view.Append(to[axis], place < 0 || from[place] == 1 ? 0 : from.Inner(place));
        }
        return view;
    }

    /// <summary>A tensor seen with two axes exchanged.</summary>
    public static StridedView Transposed(in Shape shape, int first, int second)
    {
        var view = new StridedView();
        for (var axis = 0; axis < shape.Rank; axis++)
        {
            var source = axis == first ? second : axis == second ? first : axis;
            view.Append(shape[source], shape.Inner(source));
        }
        return view;
    }

    /// <summary>The part of a tensor that a run of places along an axis makes; its first element is <c>start * Inner(axis)</c> elements in.</summary>
    public static StridedView Part(in Shape whole, int axis, int length)
    {
        var view = new StridedView();
        for (var i = 0; i < whole.Rank; i++) view.Append(i == axis ? length : whole[i], whole.Inner(i));
        return view;
    }

    /// <summary>Whether a broadcast tensor is one row for all rows or one element for each row, and of how many.</summary>
    public readonly (Spread Spread, int Rows, int Columns) Lines() => (_rank, _strides[0], _strides[1]) switch
    {
        (2, 0, 1) => (Spread.Row, _extents[0], _extents[1]),
        (2, 1, 0) => (Spread.Column, _extents[0], _extents[1]),
        _ => (Spread.Copied, 0, 0),
    };

    /// <summary>y = the viewed elements of x, in order.</summary>
    public readonly void Read(float* x, float* y)
    {
        var (inner, stride) = Innermost();
        var runs = Runs();
        for (var run = 0; run < runs; run++, y += inner)
        {
            var source = x + Offset(run);
            if (stride == 1) Unsafe.CopyBlockUnaligned(y, source, (uint)inner * sizeof(float));
            else if (stride == 0) new Span<float>(y, inner).Fill(*source);
            else
                for (var i = 0; i < inner; i++) y[i] = source[(long)i * stride];
        }
    }

    /// <summary>The viewed elements of y = x, in order; no element may be viewed twice.</summary>
    public readonly void Write(float* x, float* y)
    {
        var (inner, stride) = Innermost();
        var runs = Runs();
        for (var run = 0; run < runs; run++, x += inner)
        {
            var destination = y + Offset(run);
            if (stride == 1) Unsafe.CopyBlockUnaligned(destination, x, (uint)inner * sizeof(float));
            else
                for (var i = 0; i < inner; i++) destination[(long)i * stride] = x[i];
        }
    }

    /// <summary>The viewed elements of y += x, in order; where elements are viewed several times the sum runs in x's order, innermost runs by the fixed tree.</summary>
    public readonly void Add(float* x, float* y)
    {
        var (inner, stride) = Innermost();
        var runs = Runs();
        for (var run = 0; run < runs; run++, x += inner)
        {
            var destination = y + Offset(run);
            if (stride == 1) Elementwise.AddExactly(x, destination, inner);
            else if (stride == 0) *destination += Reductions.Sum(x, inner);
            else
                for (var i = 0; i < inner; i++) destination[(long)i * stride] += x[i];
        }
    }

    private readonly (int Inner, int Stride) Innermost() => _rank == 0 ? (1, 1) : (_extents[_rank - 1], _strides[_rank - 1]);

    private readonly int Runs()
    {
        var runs = 1;
        for (var axis = 0; axis < _rank - 1; axis++) runs *= _extents[axis];
        return runs;
    }

    private readonly long Offset(int run)
    {
        long offset = 0;
        for (var axis = _rank - 2; axis >= 0; axis--)
        {
            var (rest, place) = Math.DivRem(run, _extents[axis]);
            offset += (long)place * _strides[axis];
            run = rest;
        }
        return offset;
    }

    private void Append(int extent, int stride)
    {
        if (extent == 1) return;
        if (_rank > 0 && _strides[_rank - 1] == (long)stride * extent)
        {
            _extents[_rank - 1] *= extent;
            _strides[_rank - 1] = stride;
            return;
        }
        _extents[_rank] = extent;
        _strides[_rank++] = stride;
    }

    [InlineArray(Shape.MaximumRank)]
    private struct Axes
    {
        private int _first;
    }
}
