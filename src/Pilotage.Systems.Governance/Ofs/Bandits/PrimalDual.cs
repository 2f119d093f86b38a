namespace Pilotage.Systems.Governance.Ofs;

/// <summary>A price on every residual, raised while it is missed: the greatest optimistic reward less priced optimistic residuals.</summary>
/// <param name="record">What was seen.</param>
/// <param name="config">Step of the prices and their bound.</param>
internal sealed class PrimalDual(ThresholdRecord record, OfsConfig config) : IThresholdRule
{
    private readonly double[] _prices = new double[record.Residuals];
    private readonly double _step = 1 / Math.Sqrt(config.Rounds);

    /// <summary>lambda: the price of each residual.</summary>
    public IReadOnlyList<double> Prices => _prices;

    /// <inheritdoc/>
    public int Choose(int round, ref Randomness random)
    {
        if (Sweep.Next(record, round) is { } unvisited) return unvisited;
        var (best, bestValue) = (0, double.NegativeInfinity);
        for (var k = 0; k < record.Count; k++)
        {
            var value = record.Reward(k) + record.RewardRadius(k);
            for (var j = 0; j < _prices.Length; j++)
                if (_prices[j] > 0) value -= _prices[j] * (record.Residual(k, j) - record.ResidualRadius(k, j));
            if (value > bestValue) (best, bestValue) = (k, value);
        }
        return best;
    }

    /// <inheritdoc/>
    public void SeeRates(int round, int k, in Batch batch)
    {
        record.SeeRates(round, k, batch);
        if (round < record.Count) return;                // the first pass is nobody's choice
        if (batch.HasBoth && config.ResidualForm == ResidualForm.Signed)
        {
            Raise(0, batch.Gap - config.ParityGap);
            Raise(1, -batch.Gap - config.ParityGap);
        }
        else if (batch.HasBoth) Raise(0, Math.Abs(batch.Gap) - config.ParityGap);
        if (config.MinimumAcceptance > 0) Raise(_prices.Length - 1, config.MinimumAcceptance - batch.Accepted);
    }

    /// <inheritdoc/>
    public void SeeReward(int round, int k, in Batch batch) => record.SeeReward(round, k, batch);

    private void Raise(int j, double residual) => _prices[j] = Math.Clamp(_prices[j] + _step * residual, 0, config.GreatestPrice);
}
