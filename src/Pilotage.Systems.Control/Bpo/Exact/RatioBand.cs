namespace Pilotage.Systems.Control.Bpo;

/// <summary>Where the ratio of the new to the old probability of an action may lie.</summary>
/// <param name="Low">c_l, in [0, 1).</param>
/// <param name="High">c_h, above 1.</param>
internal readonly record struct RatioBand(double Low, double High)
{
    /// <summary>Mass above the centre when every ratio is at an end of the band: (1 - c_l) / (c_h - c_l), because ratios have mean 1. With c_l = 0 it is the cross-entropy method's elite, 1 / c_h.</summary>
    public double UpperShare => (1 - Low) / (High - Low);

    /// <summary>1 - epsilon to 1 + epsilon.</summary>
    /// <param name="radius">epsilon, in (0, 1).</param>
    /// <exception cref="UserMistakeException">The radius is outside (0, 1).</exception>
    public static RatioBand Symmetric(double radius) => radius is > 0 and < 1
        ? new(1 - radius, 1 + radius)
        : throw Refused(FormattableString.Invariant($"epsilon = {radius} is outside (0, 1): at 1 and above, the lowest ratio would be no probability."), "Use a radius below 1; usual 0.2-0.3.");

    /// <summary>A band with ends of its own.</summary>
    /// <param name="low">c_l, in [0, 1).</param>
    /// <param name="high">c_h, above 1.</param>
    /// <exception cref="UserMistakeException">No distribution has such ratios.</exception>
    public static RatioBand Of(double low, double high) => low is >= 0 and < 1 && high > 1
        ? new(low, high)
        : throw Refused(FormattableString.Invariant($"The band from {low} to {high} leaves no distribution but the old one, or none: ratios have mean 1."), "Use a lower end in [0, 1) and an upper end above 1.");

    private static UserMistakeException Refused(string what, string advice) => new(new Mistake("PIL1201", what, "", advice).ToString());
}
