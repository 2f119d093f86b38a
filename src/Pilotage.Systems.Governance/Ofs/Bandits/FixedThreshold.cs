namespace Pilotage.Systems.Governance.Ofs;

/// <summary>One threshold for ever: a rule in use, or the oracle's.</summary>
/// <param name="threshold">Which.</param>
internal sealed class FixedThreshold(int threshold) : IThresholdRule
{
    /// <inheritdoc/>
    public int Choose(int round, ref Randomness random) => threshold;

    /// <inheritdoc/>
    public void SeeRates(int round, int k, in Batch batch) { }

    /// <inheritdoc/>
    public void SeeReward(int round, int k, in Batch batch) { }
}
