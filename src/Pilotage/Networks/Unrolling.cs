using System.Buffers;
using Pilotage.Tensors;

namespace Pilotage.Networks;

/// <summary>What recurrent cells share when they run over time: the state's cut where episodes begin, steps taken out of a sequence and joined again.</summary>
internal static class Unrolling
{
    /// <summary>The state with the rows whose episode begins set to zero; a choice, not a product, so that nothing flows back, not even from infinity.</summary>
    public static Tensor Cut(this Tensor state, ReadOnlySpan<bool> begins)
    {
        if (!begins.Contains(true)) return state;
        return Tensor.Where(Mask.From(begins, begins.Length, 1), Tensor.Filled(0), state);
    }

    public static Tensor At(this Tensor sequence, int time) => sequence.Slice(0, time, 1).Reshape(sequence.Shape[1], sequence.Shape[2]);

    public static Tensor Join(ReadOnlySpan<Tensor> steps, int rows, int width)
    {
        var joined = Tensor.Concat(0, steps);
        return joined.Reshape(steps.Length, rows, width);
    }

    /// <summary>Room for the steps' handles; return it cleared, for handles hold on to their step's memory.</summary>
    public static Tensor[] Rent(int time) => ArrayPool<Tensor>.Shared.Rent(time);

    public static void Return(Tensor[] steps) => ArrayPool<Tensor>.Shared.Return(steps, clearArray: true);

    public static void Check(string network, string name, Shape x, Shape state, int begins, int inputs, int units)
    {
        if (x.Rank != 3 || x[0] < 1 || x[2] != inputs || state != new Shape(x[1], units) || (begins != 0 && begins != x[0] * x[1]))
            throw new ArgumentException($"{network} {name}: inputs {x}, state {state}, {begins} marks of beginnings do not fit; wanted [time, rows, {inputs}], [rows, {units}], time times rows marks or none.");
    }
}
