using System.Buffers;
using Pilotage.Tensors;
using Pilotage.Tensors.Planning;

namespace Pilotage.Distributions;

/// <summary>A random order of items by scores: the next item is drawn with probability proportional to exp(score) among those that are left. Also of its first places alone.</summary>
/// <remarks>Plackett, "The analysis of permutations", 1975; Luce, "Individual choice behavior", 1959. Drawn with Gumbel noise: Kool et al., arXiv:1903.06059.</remarks>
public static class PlackettLuce
{
    /// <summary>Log-probability that an order begins with given items.</summary>
    /// <param name="scores">[rows, items].</param>
    /// <param name="order">[rows, places], best first; as many places as items, or fewer for the first places alone.</param>
    /// <param name="legal">[rows, items]: which items there are; default for all.</param>
    /// <param name="counted">[rows, places]: which places are filled, where rows have fewer items than there are places; default for all. An empty place adds nothing, whatever its index.</param>
    /// <returns>[rows]: the sum over the filled places of score minus the log-sum of the scores that were left.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, or an order names an item twice, an illegal one or one outside the row.</exception>
    public static Tensor LogProbability(Tensor scores, Indices order, Mask legal = default, Mask counted = default)
    {
        var (shape, places) = (scores.Shape, order.Shape);
        if (shape.Rank != 2 || places.Rank != 2 || places[0] != shape[0] || places[1] > shape[1]
            || (!legal.IsNone && legal.Shape != shape) || (!counted.IsNone && counted.Shape != places))
            throw new ArgumentException($"PlackettLuce: scores {shape}, order {places}, legal {Text(legal)}, counted {Text(counted)} do not fit; wanted [rows, items], [rows, places] of at most as many places, and masks of the same shapes.");

        var reversed = ArrayPool<int>.Shared.Rent(places.Count);
        var masks = ArrayPool<bool>.Shared.Rent(shape.Count + places.Count);
        try
        {
            var items = reversed.AsSpan(0, places.Count);
            var left = masks.AsSpan(0, shape.Count);
            var filled = masks.AsSpan(shape.Count, places.Count);
            order.CopyTo(items);
            if (legal.IsNone) left.Fill(true);
            else legal.CopyTo(left);
            if (counted.IsNone) filled.Fill(true);
            else counted.CopyTo(filled);
            // A memory estimate runs on shapes alone: it has no order to check, and takes the dearer of the ways below.
            var isPlanned = scores.Tape is PlanningTape;
            if (isPlanned) masks.AsSpan(0, shape.Count + places.Count).Fill(true);
            for (var row = 0; row < shape[0] && !isPlanned; row++)
                Take(items.Slice(row * places[1], places[1]), filled.Slice(row * places[1], places[1]), left.Slice(row * shape[1], shape[1]), row);

            // Last place first, so that the running sums are over what was left when an item was taken.
            var none = Tensor.Filled(float.MinValue);
            var isFilled = filled.Contains(false) ? Mask.From(filled, places[0], places[1]) : default;
            var taken = scores.Gather(Indices.From(items, places[0], places[1]));
            if (!isFilled.IsNone) taken = Tensor.Where(isFilled, taken, none);
            Tensor logLeft;
            if (left.Contains(true))
            {
                var rest = Tensor.Where(Mask.From(left, shape[0], shape[1]), scores, none).LogSumExp(-1).Reshape(shape[0], 1);
                logLeft = Tensor.Concat(-1, rest, taken).CumulativeLogSumExp().Slice(-1, 1, places[1]);
            }
            else logLeft = taken.CumulativeLogSumExp();
            var terms = taken - logLeft;
            return (isFilled.IsNone ? terms : Tensor.Where(isFilled, terms, Tensor.Filled(0))).Sum(-1);
        }
        finally
        {
            ArrayPool<int>.Shared.Return(reversed);
            ArrayPool<bool>.Shared.Return(masks);
        }
    }

    /// <summary>Draws orders, or their first places: the largest of scores plus Gumbel noise, largest first. No gradient.</summary>
    /// <param name="scores">[rows, items].</param>
    /// <param name="uniforms">In [0, 1), [rows, items], independent.</param>
    /// <param name="count">Places, at most the number of items; illegal items come only after all legal ones.</param>
    /// <param name="legal">[rows, items]; default for all.</param>
    /// <returns>[rows, count].</returns>
    public static Indices Sample(Tensor scores, Tensor uniforms, int count, Mask legal = default) => Mode(scores + Gumbel.Noise(uniforms), count, legal);

    /// <summary>Draws an order of one row, or its first places.</summary>
    /// <param name="scores">One per item.</param>
    /// <param name="uniforms">In [0, 1), one per item, independent.</param>
    /// <param name="legal">One per item; empty for all.</param>
    /// <param name="order">Receives the items, best first; no longer than there are legal items.</param>
    /// <exception cref="ArgumentException">The lengths do not fit, or there are fewer legal items than places.</exception>
    public static void Sample(ReadOnlySpan<float> scores, ReadOnlySpan<float> uniforms, ReadOnlySpan<bool> legal, Span<int> order)
    {
        if (uniforms.Length != scores.Length || (!legal.IsEmpty && legal.Length != scores.Length))
            throw new ArgumentException($"PlackettLuce: {scores.Length} scores, {uniforms.Length} uniforms, {legal.Length} legal; wanted one of each for every item.", nameof(uniforms));
        var keys = ArrayPool<double>.Shared.Rent(scores.Length);
        var items = ArrayPool<int>.Shared.Rent(scores.Length);
        try
        {
            var count = 0;
            for (var i = 0; i < scores.Length; i++)
            {
                if (!legal.IsEmpty && !legal[i]) continue;
                (keys[count], items[count]) = (-(scores[i] + Gumbel.Noise(uniforms[i])), i);
                count++;
            }
            if (order.Length > count) throw new ArgumentException($"PlackettLuce: {order.Length} places but only {count} legal items.", nameof(order));
            Array.Sort(keys, items, 0, count);
            items.AsSpan(0, order.Length).CopyTo(order);
        }
        finally
        {
            ArrayPool<double>.Shared.Return(keys);
            ArrayPool<int>.Shared.Return(items);
        }
    }

    /// <summary>The most probable order, or its first places: by score, largest first.</summary>
    /// <param name="scores">[rows, items].</param>
    /// <param name="count">Places, at most the number of items; illegal items come only after all legal ones.</param>
    /// <param name="legal">[rows, items]; default for all.</param>
    /// <returns>[rows, count].</returns>
    public static Indices Mode(Tensor scores, int count, Mask legal = default) =>
        (legal.IsNone ? scores : Tensor.Where(legal, scores, Tensor.Filled(float.MinValue))).TopK(count);

    /// <summary>An estimate of the entropy from one drawn order: minus its log-probability. Unbiased; its gradient is not that of the entropy, for the draw depends on the scores too.</summary>
    /// <param name="scores">[rows, items].</param>
    /// <param name="order">A draw, [rows, places].</param>
    /// <param name="legal">[rows, items]; default for all.</param>
    /// <param name="counted">[rows, places]; default for all.</param>
    /// <returns>[rows], in nats.</returns>
    /// <remarks>There is no closed form: the exact sum goes over all orders.</remarks>
    public static Tensor EntropyEstimate(Tensor scores, Indices order, Mask legal = default, Mask counted = default) => -LogProbability(scores, order, legal, counted);

    /// <summary>Takes the named items out of what is left, and turns the places round.</summary>
    private static void Take(Span<int> items, Span<bool> filled, Span<bool> left, int row)
    {
        for (var place = 0; place < items.Length; place++)
        {
            var item = items[place];
            if (!filled[place]) items[place] = 0;
            else if ((uint)item >= (uint)left.Length || !left[item])
                throw new ArgumentException($"PlackettLuce: row {row} names item {item} in place {place}, which is illegal, taken already or not in [0, {left.Length}).");
            else left[item] = false;
        }
        items.Reverse();
        filled.Reverse();
    }

    private static string Text(Mask mask) => mask.IsNone ? "none" : mask.Shape.ToString();
}
