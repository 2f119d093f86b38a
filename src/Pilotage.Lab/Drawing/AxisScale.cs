using System.Globalization;

namespace Pilotage.Lab.Drawing;

/// <summary>Where numbers stand on one axis: bounds, round ticks and their texts.</summary>
internal sealed class AxisScale
{
    private readonly double _from;
    private readonly double _to;
    private readonly double _step;

    private AxisScale(double low, double high, double step, double from, double to) => (Low, High, _step, _from, _to) = (low, high, step, from, to);

    public double Low { get; }

    public double High { get; }

    /// <summary>Round numbers within the bounds.</summary>
    public IEnumerable<double> Ticks
    {
        get
        {
            for (var i = Math.Ceiling(Low / _step - 1e-9); i * _step <= High + 1e-9 * _step; i++) yield return i * _step;
        }
    }

    /// <summary>Bounds that hold all finite values.</summary>
    /// <param name="values">In any order; those that are not finite are left out.</param>
    /// <param name="from">Pixel of the lower bound.</param>
    /// <param name="to">Pixel of the upper bound.</param>
    /// <param name="spacing">Pixels between two ticks, about.</param>
    /// <param name="isRounded">Whether the bounds are moved out to ticks.</param>
    public static AxisScale Over(IEnumerable<double> values, double from, double to, double spacing, bool isRounded)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var value in values.Where(double.IsFinite)) (low, high) = (Math.Min(low, value), Math.Max(high, value));
        if (low > high) (low, high) = (0, 1);
        if (high - low <= 1e-12 * Math.Max(Math.Abs(low), Math.Abs(high)) || high == low)
        {
            var room = low == 0 ? 1 : Math.Abs(low) / 10;
            (low, high) = (low - room, high + room);
        }
        var step = RoundStep((high - low) / Math.Max(1, Math.Abs(to - from) / spacing));
        return isRounded ? new(Math.Floor(low / step + 1e-9) * step, Math.Ceiling(high / step - 1e-9) * step, step, from, to) : new(low, high, step, from, to);
    }

    /// <summary>The pixel of a value.</summary>
    public double Of(double value) => _from + (value - Low) / (High - Low) * (_to - _from);

    /// <summary>A tick as it is written: as many decimals as the step has; thousands and millions shortened.</summary>
    public string Text(double tick)
    {
        var size = Math.Max(Math.Abs(Low), Math.Abs(High));
        var (unit, sign) = size >= 1e9 ? (1e9, "G") : size >= 1e6 ? (1e6, "M") : size >= 1e4 ? (1e3, "k") : (1, "");
        if (size < 1e-4) return tick == 0 ? "0" : tick.ToString("0.##e0", CultureInfo.InvariantCulture);
        var decimals = Math.Clamp(-(int)Math.Floor(Math.Log10(_step / unit) + 1e-9), 0, 10);
        var text = (tick / unit).ToString($"F{decimals}", CultureInfo.InvariantCulture);
        return Math.Abs(tick) < _step * 1e-6 ? "0" : text.Replace('-', '−') + sign;
    }

    private static double RoundStep(double rough)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return (rough / power) switch { <= 1 => power, <= 2 => 2 * power, <= 5 => 5 * power, _ => 10 * power };
    }
}
