namespace Pilotage.Systems.Governance.DelayedRepression;

/// <summary>A regulator that answers a share of radicals with punishment: the replicator equation x'(t) = x(t) (1 - x(t)) (a - C p(x(t - delay))), with p the logistic function.</summary>
/// <param name="Benefit">a: what being radical earns, per unit of time.</param>
/// <param name="Punishment">C: what certain punishment costs, per unit of time.</param>
/// <param name="Sharpness">k: slope of the response around its threshold.</param>
/// <param name="Threshold">x_c: share of radicals at which half the punishment is given, in (0, 1).</param>
internal readonly record struct FeedbackLoop(double Benefit, double Punishment, double Sharpness, double Threshold)
{
    /// <summary>The loop of the paper's figures.</summary>
    public static readonly FeedbackLoop Paper = new(2, 7, 10, 0.72);

    /// <summary>rho = a / C: the probability of punishment at which being radical earns nothing.</summary>
    public double BreakEven => Benefit / Punishment;

    /// <summary>x*: the share of radicals that stands still, for a loop without <see cref="Problems"/>.</summary>
    public double Equilibrium => Threshold + Math.Log(Benefit / (Punishment - Benefit)) / Sharpness;

    /// <summary>p(x): the probability of punishment, in (0, 1).</summary>
    /// <param name="share">Share of radicals that the regulator sees.</param>
    public double Response(double share) => Logistic.Of(Sharpness * (share - Threshold));

    /// <summary>x'(t).</summary>
    /// <param name="share">x(t), in [0, 1].</param>
    /// <param name="seen">x(t - delay): what the regulator sees.</param>
    public double Slope(double share, double seen) => share * (1 - share) * (Benefit - Punishment * Response(seen));

    /// <summary>Why there is no share strictly between 0 and 1 that stands still; all reasons at once, none if there is one.</summary>
    /// <param name="where">Begins each message: a file and line, or the settings' name.</param>
    public IEnumerable<string> Problems(string where)
    {
        if (!(Benefit > 0 && double.IsFinite(Benefit))) yield return FormattableString.Invariant($"{where}: the benefit a = {Benefit} is not a number above 0. Without one nobody is radical.");
        if (!(Punishment > Benefit && double.IsFinite(Punishment))) yield return FormattableString.Invariant($"{where}: the punishment C = {Punishment} is not above the benefit a = {Benefit}. Being radical always pays then: no interior equilibrium; raise C.");
        if (!(Sharpness > 0 && double.IsFinite(Sharpness))) yield return FormattableString.Invariant($"{where}: the sharpness k = {Sharpness} is not a number above 0. A response must grow with the share of radicals; usual 1-50.");
        if (!(Threshold is > 0 and < 1)) yield return FormattableString.Invariant($"{where}: the threshold x_c = {Threshold} is outside (0, 1). It is the share at which half the punishment is given.");
        if (Benefit > 0 && Punishment > Benefit && Sharpness > 0 && Threshold is > 0 and < 1 && !(Response(0) < BreakEven && BreakEven < Response(1)))
        {
            yield return FormattableString.Invariant($"{where}: no interior equilibrium: a / C = {BreakEven:0.####} is outside (p(0), p(1)) = ({Response(0):0.####}, {Response(1):0.####}). ")
                + (BreakEven >= Response(1) ? "Everybody becomes radical; raise C or k, or lower x_c." : "Nobody stays radical, at any delay; there is nothing to stabilise.");
        }
    }
}
