using Pilotage.Tensors;

namespace Pilotage.Testing.Reference;

/// <summary>Index arithmetic, one element at a time: from coordinates to row-major places and back.</summary>
internal static class ReferenceIndex
{
    /// <summary>The coordinates of a row-major place.</summary>
    public static int[] Coordinates(int index, in Shape shape)
    {
        var coordinates = new int[shape.Rank];
        for (var axis = shape.Rank - 1; axis >= 0; axis--)
        {
            coordinates[axis] = index % shape[axis];
            index /= shape[axis];
        }
        return coordinates;
    }

    /// <summary>The row-major place of coordinates.</summary>
    public static int Place(ReadOnlySpan<int> coordinates, in Shape shape)
    {
        var place = 0;
        for (var axis = 0; axis < shape.Rank; axis++) place = place * shape[axis] + coordinates[axis];
        return place;
    }

    /// <summary>For each place of the output, the place of the input that broadcasting reads: aligned at the innermost axis, extents of 1 stand still.</summary>
    public static int[] Broadcast(in Shape output, in Shape input)
    {
        var places = new int[output.Count];
        for (var i = 0; i < places.Length; i++)
        {
            var coordinates = Coordinates(i, output);
            var source = coordinates[(output.Rank - input.Rank)..];
            for (var axis = 0; axis < source.Length; axis++)
                if (input[axis] == 1) source[axis] = 0;
            places[i] = Place(source, input);
        }
        return places;
    }

    /// <summary>For each place of the input, the place of the output into which a reduction over the axes of the bit set takes it.</summary>
    public static int[] Reduced(in Shape input, uint axes)
    {
        var places = new int[input.Count];
        for (var i = 0; i < places.Length; i++)
        {
            var coordinates = Coordinates(i, input);
            for (var axis = 0; axis < input.Rank; axis++)
                if ((axes >> axis & 1) == 0) places[i] = places[i] * input[axis] + coordinates[axis];
        }
        return places;
    }

    /// <summary>For each place of the output, the place of the input under exchanged axes.</summary>
    public static int[] Transposed(in Shape output, in Shape input, int first, int second)
    {
        var places = new int[output.Count];
        for (var i = 0; i < places.Length; i++)
        {
            var coordinates = Coordinates(i, output);
            (coordinates[first], coordinates[second]) = (coordinates[second], coordinates[first]);
            places[i] = Place(coordinates, input);
        }
        return places;
    }

    /// <summary>For each place of the output, the place of the input in a run that begins at a start along an axis.</summary>
    public static int[] Sliced(in Shape output, in Shape input, int axis, int start)
    {
        var places = new int[output.Count];
        for (var i = 0; i < places.Length; i++)
        {
            var coordinates = Coordinates(i, output);
            coordinates[axis] += start;
            places[i] = Place(coordinates, input);
        }
        return places;
    }

    /// <summary>For each place of the output, the place of the input that an index picks along an axis.</summary>
    public static int[] Gathered(in Shape index, ReadOnlySpan<int> picks, in Shape input, int axis)
    {
        var wide = index.Rank == input.Rank ? index : input.With(axis, 1);
        var places = new int[index.Count];
        for (var i = 0; i < places.Length; i++)
        {
            var coordinates = Coordinates(i, wide);
            coordinates[axis] = picks[i];
            if (picks[i] < 0 || picks[i] >= input[axis])
                throw new ArgumentOutOfRangeException(nameof(picks), picks[i], $"Index {picks[i]} lies outside axis {axis} of {input}.");
            places[i] = Place(coordinates, input);
        }
        return places;
    }
}
