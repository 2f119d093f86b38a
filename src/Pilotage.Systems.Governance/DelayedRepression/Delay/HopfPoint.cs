namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>Where a feedback loop loses its rest and how: the Hopf bifurcation in the delay, in closed form.</summary>
/// <param name="Equilibrium">x*.</param>
/// <param name="Rate">b of the linearised loop u'(t) = -b u(t - delay); per unit of time.</param>
/// <param name="FirstCoefficient">Re c1(0), the first Lyapunov coefficient up to a positive factor: negative, so cycles are bounded and grow from nothing.</param>
/// <remarks>arXiv:2605.30392, section 3 and its appendices. b = C x* (1 - x*) p'(x*), p' = k rho (1 - rho).</remarks>
internal readonly record struct HopfPoint(double Equilibrium, double Rate, double FirstCoefficient)
{
    /// <summary>Longest delay with a stable rest: pi / (2 b).</summary>
    public double CriticalDelay => Math.PI / (2 * Rate);

    /// <summary>Time of one cycle at the critical delay: 2 pi / b, four critical delays.</summary>
    public double Period => 2 * Math.PI / Rate;

    /// <summary>How fast the pair of roots ±ib crosses the axis: Re d lambda / d delay = b² / (1 + pi² / 4), above 0.</summary>
    public double CrossingSpeed => Rate * Rate / (1 + Math.PI * Math.PI / 4);

    /// <summary>mu2 = -Re c1 / Re d lambda / d delay: above 0 where cycles appear beyond the critical delay (supercritical).</summary>
    public double Direction => -FirstCoefficient / CrossingSpeed;

    /// <summary>beta2 = 2 Re c1: below 0 where the cycles are stable.</summary>
    public double CycleStability => 2 * FirstCoefficient;

    /// <summary>How far a cycle goes from x*, to first order beyond the critical delay: 2 sqrt((delay - critical) / mu2).</summary>
    /// <param name="delay">At least the critical delay.</param>
    public double Amplitude(double delay) => 2 * Math.Sqrt((delay - CriticalDelay) / Direction);

    /// <summary>The bifurcation of a loop that has an interior equilibrium.</summary>
    public static HopfPoint Of(FeedbackLoop loop)
    {
        var (rest, rho, k) = (loop.Equilibrium, loop.BreakEven, loop.Sharpness);
        var spread = rest * (1 - rest);                                                         // al0
        var rate = loop.Punishment * spread * k * rho * (1 - rho);
        var first = loop.Punishment * k * rho / (5 * spread * (4 + Math.PI * Math.PI)) * (rho - 1) * Bracket(rho, k, rest);
        return new(rest, rate, first);
    }

    /// <summary>B_c, the bracket of Re c1(0): positive, which makes the bifurcation supercritical for every loop.</summary>
    /// <param name="rho">a / C, in (0, 1).</param>
    /// <param name="sharpness">k, above 0.</param>
    /// <param name="rest">x*, in (0, 1).</param>
    public static double Bracket(double rho, double sharpness, double rest)
    {
        var (spread, tilt) = (rest * (1 - rest), 1 - 2 * rest);                                 // al0, al1
        var steepness = spread * sharpness;
        return 2 * Curvature(rho) * steepness * steepness - (7 * Math.PI - 8) * (2 * rho - 1) * steepness * tilt + 2 * (3 * Math.PI - 2) * tilt * tilt + 10 * Math.PI * spread;
    }

    /// <summary>Q(rho) of the bracket; 5 pi / 4 at rho = 1/2.</summary>
    public static double Curvature(double rho) => -(7 * Math.PI - 8) * rho * (1 - rho) + (3 * Math.PI - 2);
}
