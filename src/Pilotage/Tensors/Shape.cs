using System.Runtime.CompilerServices;

namespace Pilotage.Tensors;

/// <summary>The extents of a tensor, up to six, held inline. The empty shape is a scalar.</summary>
public readonly struct Shape : IEquatable<Shape>
{
    /// <summary>The most axes that a tensor may have.</summary>
    public const int MaximumRank = 6;

    private readonly Extents _extents;

    /// <summary>Makes a shape.</summary>
    /// <param name="extents">Zero to six extents, each at least 0, outermost first.</param>
    /// <exception cref="ArgumentException">More than six extents, a negative one, or more than 2^31 - 1 elements (empty axes not counted).</exception>
    public Shape(params ReadOnlySpan<int> extents)
    {
        if (extents.Length > MaximumRank) throw new ArgumentException($"A tensor has at most {MaximumRank} axes; got {extents.Length}.", nameof(extents));
        // Empty axes are left out of the product, so that parts of the shape cannot overflow either.
        var (product, empty) = (1L, false);
        for (var i = 0; i < extents.Length; i++)
        {
            if (extents[i] < 0) throw new ArgumentException($"Extent {i} of [{string.Join(", ", extents.ToArray())}] is {extents[i]}; it must be at least 0.", nameof(extents));
            _extents[i] = extents[i];
            empty |= extents[i] == 0;
            product *= Math.Max(1, extents[i]);
            if (product > int.MaxValue) throw new ArgumentException($"A tensor has at most {int.MaxValue} elements; [{string.Join(", ", extents.ToArray())}] has more.", nameof(extents));
        }
        Rank = extents.Length;
        Count = empty ? 0 : (int)product;
    }

    /// <summary>Number of axes.</summary>
    public int Rank { get; }

    /// <summary>Number of elements: the product of the extents, 1 for a scalar.</summary>
    /// <remarks>The default value is the scalar's shape but for this property, which is 0: make scalars with <c>new Shape([])</c>.</remarks>
    public int Count { get; }

    /// <summary>One extent.</summary>
    /// <param name="axis">In [-Rank, Rank); negative axes count from the innermost, -1.</param>
    /// <returns>The extent.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such axis.</exception>
    public int this[int axis] => _extents[Axis(axis)];

    /// <summary>Product of the extents before an axis.</summary>
    /// <param name="axis">In [-Rank, Rank).</param>
    /// <returns>1 for the outermost axis.</returns>
    internal int Outer(int axis)
    {
        var product = 1;
        for (var i = Axis(axis) - 1; i >= 0; i--) product *= _extents[i];
        return product;
    }

    /// <summary>Product of the extents behind an axis.</summary>
    /// <param name="axis">In [-Rank, Rank).</param>
    /// <returns>1 for the innermost axis.</returns>
    internal int Inner(int axis)
    {
        var product = 1;
        for (var i = Axis(axis) + 1; i < Rank; i++) product *= _extents[i];
        return product;
    }

    /// <summary>Turns a possibly negative axis into its place from the outermost.</summary>
    /// <param name="axis">In [-Rank, Rank).</param>
    /// <returns>In [0, Rank).</returns>
    internal int Axis(int axis)
    {
        var place = axis < 0 ? axis + Rank : axis;
        if ((uint)place >= (uint)Rank) ThrowAxis(axis);
        return place;
    }

    /// <summary>The same, for an operation whose name the error begins with.</summary>
    internal int Axis<TOperation>(int axis, TOperation operation)
    {
        var place = axis < 0 ? axis + Rank : axis;
        return (uint)place < (uint)Rank ? place : throw new ArgumentOutOfRangeException(nameof(axis), $"{operation}: {this} has no axis {axis}; {Allowed}.");
    }

    /// <summary>The same shape with one extent replaced.</summary>
    /// <param name="axis">In [-Rank, Rank).</param>
    /// <param name="extent">At least 0.</param>
    /// <returns>The new shape.</returns>
    internal Shape With(int axis, int extent)
    {
        Span<int> extents = stackalloc int[MaximumRank];
        CopyTo(extents);
        extents[Axis(axis)] = extent;
        return new(extents[..Rank]);
    }

    /// <summary>The same shape without one axis.</summary>
    /// <param name="axis">In [-Rank, Rank).</param>
    /// <returns>The new shape.</returns>
    internal Shape Without(int axis)
    {
        Span<int> extents = stackalloc int[MaximumRank];
        var place = Axis(axis);
        var count = 0;
        for (var i = 0; i < Rank; i++)
            if (i != place) extents[count++] = _extents[i];
        return new(extents[..count]);
    }

    /// <summary>The same shape with an axis of extent 1 more, and its place.</summary>
    internal (Shape Shape, int Place) WithNewAxis<TOperation>(int axis, TOperation operation)
    {
        if (Rank == MaximumRank) throw new ArgumentException($"{operation}: {this} leaves no room for another axis; a tensor has at most {MaximumRank}.");
        var place = axis < 0 ? axis + Rank + 1 : axis;
        if ((uint)place > (uint)Rank) throw new ArgumentOutOfRangeException(nameof(axis), $"{operation}: there is no place {axis} for a new axis of {this}; allowed are {-Rank - 1} to {Rank}.");
        Span<int> extents = stackalloc int[MaximumRank];
        for (var i = 0; i <= Rank; i++) extents[i] = i < place ? _extents[i] : i == place ? 1 : _extents[i - 1];
        return (new(extents[..(Rank + 1)]), place);
    }

    /// <summary>Copies the extents.</summary>
    /// <param name="destination">At least <see cref="Rank"/> long.</param>
    public void CopyTo(Span<int> destination)
    {
        for (var i = 0; i < Rank; i++) destination[i] = _extents[i];
    }

    /// <summary>The shape that two shapes broadcast to: aligned at the innermost axis, an extent of 1 stretches.</summary>
    /// <param name="left">First shape.</param>
    /// <param name="right">Second shape.</param>
    /// <returns>The common shape.</returns>
    /// <exception cref="ArgumentException">Two extents differ and neither is 1.</exception>
    public static Shape Broadcast(in Shape left, in Shape right) => Broadcast(left, right, "Broadcast");

    /// <summary>The same, for an operation whose name the error begins with.</summary>
    internal static Shape Broadcast<TOperation>(in Shape left, in Shape right, TOperation operation)
    {
        if (left.Equals(right)) return left;
        Span<int> extents = stackalloc int[MaximumRank];
        var rank = Math.Max(left.Rank, right.Rank);
        for (var i = 1; i <= rank; i++)
        {
            var a = i <= left.Rank ? left._extents[left.Rank - i] : 1;
            var b = i <= right.Rank ? right._extents[right.Rank - i] : 1;
            if (a != b && a != 1 && b != 1) throw new ArgumentException($"{operation}: shapes {left} and {right} do not broadcast: extents {a} and {b} differ and neither is 1.");
            extents[rank - i] = a == 1 ? b : a;
        }
        return new(extents[..rank]);
    }

    /// <inheritdoc/>
    public bool Equals(Shape other)
    {
        if (Rank != other.Rank) return false;
        for (var i = 0; i < Rank; i++)
            if (_extents[i] != other._extents[i]) return false;
        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Shape other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        for (var i = 0; i < Rank; i++) hash.Add(_extents[i]);
        return hash.ToHashCode();
    }

    /// <summary>The extents in brackets, for messages: <c>[64, 4]</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString()
    {
        var extents = new int[Rank];
        CopyTo(extents);
        return $"[{string.Join(", ", extents)}]";
    }

    /// <summary>Whether two shapes have the same extents.</summary>
    /// <param name="left">First.</param>
    /// <param name="right">Second.</param>
    /// <returns><see langword="true"/> if they are equal.</returns>
    public static bool operator ==(Shape left, Shape right) => left.Equals(right);

    /// <summary>Whether two shapes differ.</summary>
    /// <param name="left">First.</param>
    /// <param name="right">Second.</param>
    /// <returns><see langword="true"/> if they differ.</returns>
    public static bool operator !=(Shape left, Shape right) => !left.Equals(right);

    private void ThrowAxis(int axis) => throw new ArgumentOutOfRangeException(nameof(axis), $"{this} has no axis {axis}; {Allowed}.");

    private string Allowed => Rank == 0 ? "a scalar has none" : $"allowed are {-Rank} to {Rank - 1}";

    [InlineArray(MaximumRank)]
    private struct Extents
    {
        private int _first;
    }
}
