using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Pilotage.Tensors.Kernels;

/// <summary>How the elements of a contiguous tensor lie in another buffer: broadcast (stride 0), transposed, or a part. Neighbouring axes are merged.</summary>
/// <remarks>Three loops serve every operation that moves elements: read (view to contiguous), write and add (contiguous to view).</remarks>
internal unsafe struct StridedView
{
    /// <summary>From so many elements on a row is copied by the runtime's own routine.</summary>
    private const int LongRow = 64;

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

    /// <summary>y = the viewed elements of x, in order. What lies behind the last of y within its slack is rewritten.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Read(float* x, float* y)
    {
        var (blocks, rows, rowStride, inner, stride) = Loops();
        for (var block = 0; block < blocks; block++)
        {
            var source = x + Offset(block);
            // A row's last vector may write into the next row, which is written after it.
            if (stride == 1 && inner <= 4)
                for (var row = 0; row < rows; row++, source += rowStride, y += inner) Vector128.Load(source).Store(y);
            else if (stride == 1 && inner < LongRow)
                for (var row = 0; row < rows; row++, source += rowStride, y += inner)
                    for (var i = 0; i < inner; i += Lanes.Count) Vector512.Load(source + i).Store(y + i);
            else if (stride == 1)
                for (var row = 0; row < rows; row++, source += rowStride, y += inner) Unsafe.CopyBlockUnaligned(y, source, (uint)inner * sizeof(float));
            else if (stride == 0)
                for (var row = 0; row < rows; row++, source += rowStride, y += inner)
                    for (var i = 0; i < inner; i += Lanes.Count) Vector512.Create(*source).Store(y + i);
            else
                for (var row = 0; row < rows; row++, source += rowStride, y += inner)
                {
                    var element = source;
                    for (var i = 0; i < inner; i++, element += stride) y[i] = *element;
                }
        }
    }

    /// <summary>The viewed elements of y = x, in order; no element may be viewed twice, and no other is touched.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Write(float* x, float* y)
    {
        var (blocks, rows, rowStride, inner, stride) = Loops();
        for (var block = 0; block < blocks; block++)
        {
            var destination = y + Offset(block);
            if (stride == 1 && inner < LongRow)
                for (var row = 0; row < rows; row++, x += inner, destination += rowStride) CopyExactly(x, destination, inner);
            else if (stride == 1)
                for (var row = 0; row < rows; row++, x += inner, destination += rowStride) Unsafe.CopyBlockUnaligned(destination, x, (uint)inner * sizeof(float));
            else
                for (var row = 0; row < rows; row++, x += inner, destination += rowStride)
                {
                    var element = destination;
                    for (var i = 0; i < inner; i++, element += stride) *element = x[i];
                }
        }
    }

    /// <summary>The viewed elements of y += x, in order; where elements are viewed several times the sum runs in x's order, innermost runs by the fixed tree.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Add(float* x, float* y)
    {
        var (blocks, rows, rowStride, inner, stride) = Loops();
        for (var block = 0; block < blocks; block++)
        {
            var destination = y + Offset(block);
            if (stride == 1 && inner < Lanes.Count)
                for (var row = 0; row < rows; row++, x += inner, destination += rowStride) AddShort(x, destination, inner);
            else if (stride == 1)
                for (var row = 0; row < rows; row++, x += inner, destination += rowStride) Elementwise.AddExactly(x, destination, inner);
            else if (stride == 0)
                for (var row = 0; row < rows; row++, x += inner, destination += rowStride) *destination += Reductions.Sum(x, inner);
            else
                for (var row = 0; row < rows; row++, x += inner, destination += rowStride)
                {
                    var element = destination;
                    for (var i = 0; i < inner; i++, element += stride) *element += x[i];
                }
        }
    }

    /// <summary>Few elements without a call, and without a load that spans what several rows have just stored.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CopyExactly(float* x, float* y, int count)
    {
        var i = 0;
        for (; i <= count - 4; i += 4) Vector128.Load(x + i).Store(y + i);
        for (; i < count; i++) y[i] = x[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddShort(float* x, float* y, int count)
    {
        var i = 0;
        for (; i <= count - 4; i += 4) (Vector128.Load(y + i) + Vector128.Load(x + i)).Store(y + i);
        for (; i < count; i++) y[i] += x[i];
    }

    /// <summary>The innermost two axes, and how many blocks of them the others make.</summary>
    private readonly (int Blocks, int Rows, int RowStride, int Inner, int Stride) Loops()
    {
        var blocks = 1;
        for (var axis = 0; axis < _rank - 2; axis++) blocks *= _extents[axis];
        return _rank switch
        {
            0 => (1, 1, 0, 1, 1),
            1 => (1, 1, 0, _extents[0], _strides[0]),
            _ => (blocks, _extents[_rank - 2], _strides[_rank - 2], _extents[_rank - 1], _strides[_rank - 1]),
        };
    }

    private readonly long Offset(int block)
    {
        long offset = 0;
        for (var axis = _rank - 3; axis >= 0; axis--)
        {
            var (rest, place) = Math.DivRem(block, _extents[axis]);
            offset += (long)place * _strides[axis];
            block = rest;
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
