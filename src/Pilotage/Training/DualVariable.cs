using System.Buffers;

namespace Pilotage.Training;

/// <summary>The multiplier of a constraint "measured at most limit", found by ascent: it rises while the constraint is broken and falls while there is room.</summary>
/// <remarks>lambda becomes max(0, lambda + rate (measured - limit)), held below a maximum. What is measured is a number, so no gradient flows through it. Not thread-safe.</remarks>
public sealed class DualVariable : ISaved
{
    private readonly double _rate;
    private readonly double _limit;
    private readonly double _maximum;

    /// <summary>Begins at a value.</summary>
    /// <param name="initial">lambda at the beginning, in [0, <paramref name="maximum"/>].</param>
    /// <param name="rate">Step size, at least 0; 0 keeps the multiplier fixed. In the unit of lambda over that of the constraint.</param>
    /// <param name="limit">What the measured number should not exceed.</param>
    /// <param name="maximum">Most that lambda may become, above 0: where it stays there, the constraint cannot be held at this learning rate.</param>
    /// <exception cref="ArgumentException">A number is out of its range or not a number.</exception>
    public DualVariable(double initial, double rate, double limit, double maximum = 100)
    {
        if (!(maximum > 0 && initial >= 0 && initial <= maximum && rate >= 0 && double.IsFinite(rate) && double.IsFinite(limit)))
            throw new ArgumentException(FormattableString.Invariant($"DualVariable: initial {initial}, rate {rate}, limit {limit}, maximum {maximum} do not fit; wanted 0 <= initial <= maximum, rate >= 0, a finite limit."));
        (Value, _rate, _limit, _maximum) = (initial, rate, limit, maximum);
    }

    /// <summary>lambda.</summary>
    public double Value { get; private set; }

    /// <summary>Whether lambda is as large as it may be.</summary>
    public bool IsAtMaximum => Value >= _maximum;

    /// <summary>Takes one step of ascent.</summary>
    /// <param name="measured">What the constraint is about, as measured since the last step.</param>
    /// <returns>lambda after it.</returns>
    /// <exception cref="RunFailedException">The measured number is not a number.</exception>
    public double Ascend(double measured)
    {
        if (double.IsNaN(measured)) throw new RunFailedException(FormattableString.Invariant($"A constraint was measured as {measured}, which is not a number; its multiplier is {Value}."));
        return Value = Math.Clamp(Value + _rate * (measured - _limit), 0, _maximum);
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer) => writer.Write(BitConverter.DoubleToInt64Bits(Value));

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader) => Value = BitConverter.Int64BitsToDouble(reader.ReadLong());
}
