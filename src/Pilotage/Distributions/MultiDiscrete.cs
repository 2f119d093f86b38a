using System.Buffers;
using Pilotage.Tensors;

namespace Pilotage.Distributions;

/// <summary>Several independent choices at once, each categorical over its own number of actions.</summary>
/// <remarks>
/// Log-probabilities are [rows, choices, largest], where largest is the highest number of actions of a choice: the places that a smaller choice lacks, and illegal
/// actions, hold the smallest finite number, so their probability is exactly 0 and no gradient reaches them.
/// </remarks>
public static class MultiDiscrete
{
    /// <summary>Normalises logits, choice by choice.</summary>
    /// <param name="logits">[rows, sum of counts]: the choices one after the other.</param>
    /// <param name="counts">Number of actions of each choice, each at least 1.</param>
    /// <param name="legal">[rows, sum of counts], in the same order; default for no mask.</param>
    /// <returns>Log-probabilities [rows, choices, largest].</returns>
    /// <exception cref="ArgumentException">The shapes do not fit, or a choice has no legal action.</exception>
    public static Tensor Normalize(Tensor logits, IReadOnlyList<int> counts, Mask legal = default)
    {
        var (sum, largest) = (0, 0);
        for (var i = 0; i < counts.Count; i++)
        {
            if (counts[i] < 1) throw new ArgumentException($"MultiDiscrete: choice {i} has {counts[i]} actions; wanted at least 1.", nameof(counts));
            (sum, largest) = (sum + counts[i], Math.Max(largest, counts[i]));
        }
        var shape = logits.Shape;
        if (shape.Rank != 2 || shape[1] != sum || (!legal.IsNone && legal.Shape != shape))
            throw new ArgumentException($"MultiDiscrete: logits {shape}, mask {(legal.IsNone ? "none" : legal.Shape.ToString())} do not fit; wanted [rows, {sum}] for {counts.Count} choices.", nameof(logits));

        var rows = shape[0];
        var isEven = largest * counts.Count == sum;
        if (isEven) return logits.Reshape(rows, counts.Count, largest).LogSoftmax(legal.IsNone ? default : Spread(counts, largest, sum, rows, legal));
        return logits.Gather(Places(counts, largest, rows)).Reshape(rows, counts.Count, largest).LogSoftmax(Spread(counts, largest, sum, rows, legal));
    }

    /// <summary>Log-probability of chosen actions.</summary>
    /// <param name="logPi">Normalised, [rows, choices, largest].</param>
    /// <param name="actions">[rows, choices].</param>
    /// <returns>[rows]; sums over the choices.</returns>
    public static Tensor LogProbability(Tensor logPi, Indices actions) => Categorical.LogProbability(logPi, actions).Sum(-1);

    /// <summary>Entropy, in nats.</summary>
    /// <param name="logPi">Normalised, [rows, choices, largest].</param>
    /// <returns>[rows]; sums over the choices.</returns>
    public static Tensor Entropy(Tensor logPi) => Categorical.Entropy(logPi).Sum(-1);

    /// <summary>Kullback-Leibler divergence KL(p, q), in nats.</summary>
    /// <param name="logPi">log p, normalised, [rows, choices, largest].</param>
    /// <param name="logOther">log q, normalised, of the same shape and mask.</param>
    /// <returns>[rows]; sums over the choices.</returns>
    public static Tensor Kl(Tensor logPi, Tensor logOther) => Categorical.Kl(logPi, logOther).Sum(-1);

    /// <summary>Draws one action for each choice by inverting its cumulative distribution.</summary>
    /// <param name="probabilities">Of one row, [choices, largest].</param>
    /// <param name="uniforms">In [0, 1), one per choice.</param>
    /// <param name="actions">Receives one action per choice.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void Sample(ReadOnlySpan<float> probabilities, ReadOnlySpan<float> uniforms, Span<int> actions)
    {
        var width = Width(probabilities, actions);
        if (uniforms.Length != actions.Length) throw new ArgumentException($"MultiDiscrete: {uniforms.Length} uniforms for {actions.Length} choices; wanted one for each.", nameof(uniforms));
        for (var i = 0; i < actions.Length; i++) actions[i] = Categorical.Sample(probabilities.Slice(i * width, width), uniforms[i]);
    }

    /// <summary>The most probable action of each choice.</summary>
    /// <param name="logPi">Of one row, [choices, largest].</param>
    /// <param name="actions">Receives one action per choice.</param>
    /// <exception cref="ArgumentException">The lengths do not fit.</exception>
    public static void Mode(ReadOnlySpan<float> logPi, Span<int> actions)
    {
        var width = Width(logPi, actions);
        for (var i = 0; i < actions.Length; i++) actions[i] = Categorical.Mode(logPi.Slice(i * width, width));
    }

    private static int Width(ReadOnlySpan<float> row, Span<int> actions) => actions.Length > 0 && row.Length % actions.Length == 0
        ? row.Length / actions.Length
        : throw new ArgumentException($"MultiDiscrete: {row.Length} numbers do not divide among {actions.Length} choices.", nameof(row));

    /// <summary>Where each place of the padded layout finds its logit; a missing place takes any, for it is masked out.</summary>
    private static Indices Places(IReadOnlyList<int> counts, int largest, int rows)
    {
        var line = counts.Count * largest;
        var rented = ArrayPool<int>.Shared.Rent(rows * line);
        var places = rented.AsSpan(0, rows * line);
        for (var row = 0; row < rows; row++)
            for (var (choice, first) = (0, 0); choice < counts.Count; first += counts[choice++])
                for (var i = 0; i < largest; i++) places[row * line + choice * largest + i] = first + Math.Min(i, counts[choice] - 1);
        var result = Indices.From(places, rows, line);
        ArrayPool<int>.Shared.Return(rented);
        return result;
    }

    /// <summary>The mask in the padded layout.</summary>
    private static Mask Spread(IReadOnlyList<int> counts, int largest, int sum, int rows, Mask legal)
    {
        var line = counts.Count * largest;
        var rented = ArrayPool<bool>.Shared.Rent(rows * (line + sum));
        var spread = rented.AsSpan(0, rows * line);
        var given = rented.AsSpan(rows * line, rows * sum);
        spread.Clear();
        if (legal.IsNone) given.Fill(true);
        else legal.CopyTo(given);
        for (var row = 0; row < rows; row++)
            for (var (choice, first) = (0, row * sum); choice < counts.Count; first += counts[choice++])
                given.Slice(first, counts[choice]).CopyTo(spread[(row * line + choice * largest)..]);
        var result = Mask.From(spread, rows, counts.Count, largest);
        ArrayPool<bool>.Shared.Return(rented);
        return result;
    }
}
