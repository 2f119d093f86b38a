namespace Pilotage.Systems.Language.LpReg;

/// <summary>The policy that drew, without what is taken for noise, made a distribution again.</summary>
/// <remarks>
/// arXiv:2510.03222, section 4: proxy(o) = pi_old(o) / Z if pi_old(o) reaches the threshold, else 0; Z the sum of what reaches it. The released code keeps what is equal to the threshold; so does this.
/// Must be made of the distribution that was sampled from: at its temperature.
/// </remarks>
internal static class ProxyDistribution
{
    /// <summary>Makes the proxy of one state.</summary>
    /// <param name="logPi">log pi_old, [vocabulary], normalised.</param>
    /// <param name="filter">What is noise.</param>
    /// <param name="kappa">In (0, 1].</param>
    /// <param name="logProxy">Receives log proxy, [vocabulary]; negative infinity for what is left out. The most probable token always stays.</param>
    /// <returns>Z, in (0, 1]: the probability of what was kept.</returns>
    public static double Make(ReadOnlySpan<float> logPi, LpRegFilter filter, double kappa, Span<float> logProxy)
    {
        var most = float.NegativeInfinity;
        foreach (var value in logPi) most = Math.Max(most, value);
        var threshold = filter switch
        {
            LpRegFilter.MinP => Math.Log(kappa) + most,
            LpRegFilter.Fixed => Math.Min(Math.Log(kappa), most),
            _ => double.NegativeInfinity,
        };
        var (kept, count) = (0.0, 0);
        foreach (var value in logPi)
        {
            if (!(value >= threshold)) continue;
            kept += Math.Exp(value);
            count++;
        }
        // Where all is kept the proxy is the policy, bit for bit: no token is then below it by rounding.
        if (count == logPi.Length) kept = 1;
        var logKept = Math.Log(kept);
        for (var i = 0; i < logPi.Length; i++) logProxy[i] = logPi[i] >= threshold ? (float)(logPi[i] - logKept) : float.NegativeInfinity;
        return kept;
    }
}
