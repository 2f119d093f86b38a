namespace Pilotage.Evaluation.Statistics;

/// <summary>An interval of an estimate. An end may be infinite: nothing can be said at that level with so few units.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public readonly record struct Interval(double Low, double High)
{
    /// <summary>All numbers.</summary>
    public static Interval Everything => new(double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>Whether a value lies in the interval, ends included.</summary>
    /// <param name="value">Any number.</param>
    /// <returns><see langword="true"/> if it does.</returns>
    public bool Contains(double value) => Low <= value && value <= High;

    /// <summary>The smallest interval that contains both.</summary>
    /// <param name="other">The other one.</param>
    /// <returns>From the lower low to the higher high.</returns>
    public Interval Hull(Interval other) => new(Math.Min(Low, other.Low), Math.Max(High, other.High));
}
