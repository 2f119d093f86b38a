using System.Buffers;

namespace Pilotage.Objectives;

/// <summary>The price of a constraint value &lt;= limit: it rises while the constraint is violated and falls while there is room (dual ascent).</summary>
/// <param name="initial">lambda_0, in [0, <paramref name="maximum"/>].</param>
/// <param name="rate">Step size of the ascent, above 0: high oscillates, low reacts late.</param>
/// <param name="maximum">The price is held below it; a price that stays there says that the constraint cannot be met.</param>
public sealed class DualVariable(double initial, double rate, double maximum = 100) : ISaved
{
    /// <summary>lambda, in [0, maximum].</summary>
    public double Value { get; private set; } = initial;

    /// <summary>Whether the price has reached its maximum.</summary>
    public bool IsAtMaximum => Value >= maximum;

    /// <summary>lambda = clamp(lambda + rate (value - limit), 0, maximum).</summary>
    /// <param name="value">Of the constrained quantity, finite.</param>
    /// <param name="limit">What it is held to.</param>
    /// <exception cref="ArgumentException">The value is not finite.</exception>
    public void Update(double value, double limit)
    {
        if (!double.IsFinite(value)) throw new ArgumentException($"DualVariable: the constrained value is {value}; it must be finite.", nameof(value));
        Value = Math.Clamp(Value + rate * (value - limit), 0, maximum);
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer) => writer.Write(BitConverter.DoubleToInt64Bits(Value));

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader) => Value = BitConverter.Int64BitsToDouble(reader.ReadLong());
}
