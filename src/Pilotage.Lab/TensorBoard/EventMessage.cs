using Pilotage.Lab.Protobuf;

namespace Pilotage.Lab.TensorBoard;

/// <summary>TensorBoard's event messages. Field numbers: tensorflow/core/util/event.proto, framework/summary.proto and framework/tensor.proto.</summary>
internal static class EventMessage
{
    /// <summary>Field of an event that holds its step.</summary>
    public const int Step = 2;

    private const int StringType = 7;                   // DT_STRING
    private const int Buckets = 30;

    /// <summary>The first event of every file.</summary>
    public static MessageWriter Version(double wallTime) => new MessageWriter().Double(1, wallTime).Text(3, "brain.Event:2");

    /// <summary>An event with one value: see <see cref="Scalar"/>, <see cref="Text"/> and <see cref="Histogram"/>.</summary>
    public static MessageWriter Of(double wallTime, long step, params IEnumerable<MessageWriter> values)
    {
        var summary = new MessageWriter();
        foreach (var value in values) summary.Message(1, value);
        return new MessageWriter().Double(1, wallTime).Integer(Step, step).Message(5, summary);
    }

    /// <summary>One number.</summary>
    public static MessageWriter Scalar(string tag, double value) => new MessageWriter().Text(1, tag).Single(2, (float)value);

    /// <summary>A text; TensorBoard shows it as Markdown.</summary>
    public static MessageWriter Text(string tag, string text) => new MessageWriter()
        .Text(1, tag)
        .Message(8, new MessageWriter().Integer(1, StringType).Message(2, new MessageWriter().Message(2, new MessageWriter().Integer(1, 1))).Text(8, text))
        .Message(9, new MessageWriter().Message(1, new MessageWriter().Text(1, "text")));

    /// <summary>How numbers are spread: thirty buckets of equal width between the least and the greatest.</summary>
    public static MessageWriter Histogram(string tag, ReadOnlySpan<float> values)
    {
        var (least, greatest, sum, squares) = (double.PositiveInfinity, double.NegativeInfinity, 0.0, 0.0);
        foreach (var value in values)
        {
            (least, greatest) = (Math.Min(least, value), Math.Max(greatest, value));
            sum += value;
            squares += (double)value * value;
        }
        var count = greatest > least ? Buckets : 1;
        var (limits, counts) = (new double[count], new double[count]);
        for (var i = 0; i < count; i++) limits[i] = i == count - 1 ? greatest : least + (greatest - least) * (i + 1) / count;
        foreach (var value in values)
        {
            // A bucket holds what is at most its limit.
            var place = count == 1 ? 0 : Math.Clamp((int)Math.Ceiling((value - least) / (greatest - least) * count) - 1, 0, count - 1);
            counts[place]++;
        }
        var histogram = new MessageWriter().Double(1, least).Double(2, greatest).Double(3, values.Length).Double(4, sum).Double(5, squares).Doubles(6, limits).Doubles(7, counts);
        return new MessageWriter().Text(1, tag).Message(5, histogram);
    }
}
