namespace Pilotage.Systems.Governance.Ofs;

/// <summary>What was seen of every threshold: means of rewards and residuals, and how far from the truth they may be.</summary>
/// <remarks>
/// Radii are Hoeffding's for means over people, not rounds: a batch of n people counts n times, and a gap between two rates counts the people of each group,
/// c sqrt( ln(2 K (J + 1) T / delta) / 2 · sum over rounds of (1 / n_A + 1 / n_B) ) / rounds. With a window, only its rounds count.
/// </remarks>
internal sealed class ThresholdRecord
{
    private readonly OfsConfig _config;
    private readonly double _width;                      // c sqrt(ln(...) / 2)
    private readonly Tally[,] _tallies;                  // thresholds × (reward, then residuals)
    private readonly Queue<(int Round, int Threshold, int Which, double Value, double Proxy)>? _window;

    /// <param name="config">Constraints, rounds, delta, form of the residuals.</param>
    /// <param name="radius">c: factor of all radii; 0 trusts the means.</param>
    /// <param name="window">Rounds that count; 0 for all.</param>
    public ThresholdRecord(OfsConfig config, double radius, int window = 0)
    {
        _config = config;
        Residuals = (config.ResidualForm == ResidualForm.Signed ? 2 : 1) + (config.MinimumAcceptance > 0 ? 1 : 0);
        _width = radius * Math.Sqrt(Math.Log(2.0 * config.Thresholds * (Residuals + 1) * config.Rounds / config.Confidence) / 2);
        _tallies = new Tally[config.Thresholds, Residuals + 1];
        (Window, _window) = (window, window > 0 ? new() : null);
    }

    /// <summary>Rounds that count; 0 for all.</summary>
    public int Window { get; }

    /// <summary>Number of residuals; at most 0 where the constraint holds.</summary>
    public int Residuals { get; }

    /// <summary>Number of thresholds.</summary>
    public int Count => _config.Thresholds;

    /// <summary>How often a threshold's rewards were seen.</summary>
    public int Pulls(int k) => _tallies[k, 0].Rounds;

    /// <summary>Mean reward; 0 where none was seen.</summary>
    public double Reward(int k) => _tallies[k, 0].Mean;

    /// <summary>How far the mean reward may be off; infinite where none was seen.</summary>
    public double RewardRadius(int k) => Radius(_tallies[k, 0]);

    /// <summary>Mean residual; 0 where none was seen.</summary>
    public double Residual(int k, int j) => _tallies[k, j + 1].Mean;

    /// <summary>How far the mean residual may be off; infinite where none was seen.</summary>
    public double ResidualRadius(int k, int j) => Radius(_tallies[k, j + 1]);

    /// <summary>By how much the constraints are missed, each residual at the given number of radii from its mean, added up.</summary>
    /// <param name="k">Which threshold.</param>
    /// <param name="side">-1: as well as it may be; 0: as seen; 1: as bad as it may be.</param>
    public double Violation(int k, int side)
    {
        var sum = 0.0;
        for (var j = 0; j < Residuals; j++)
        {
            var at = Residual(k, j) + (side == 0 ? 0 : side * ResidualRadius(k, j));
            sum += Math.Max(0, at);
        }
        return sum;
    }

    /// <summary>Takes in a batch's acceptance rates.</summary>
    /// <param name="round">Number of the round.</param>
    /// <param name="k">The threshold that was played.</param>
    /// <param name="batch">What was seen. Where a group was not there, its rate says nothing and is left out.</param>
    public void SeeRates(int round, int k, in Batch batch)
    {
        Forget(round);
        if (batch.HasBoth)
        {
            var proxy = 1.0 / batch.CountA + 1.0 / batch.CountB;
            if (_config.ResidualForm == ResidualForm.Signed)
            {
                Add(round, k, 1, batch.Gap - _config.ParityGap, proxy);
                Add(round, k, 2, -batch.Gap - _config.ParityGap, proxy);
            }
            else Add(round, k, 1, Math.Abs(batch.Gap) - _config.ParityGap, proxy);
        }
        if (_config.MinimumAcceptance > 0) Add(round, k, Residuals, _config.MinimumAcceptance - batch.Accepted, 1.0 / batch.Count);
    }

    /// <summary>Takes in a batch's reward, which may be known later than its rates.</summary>
    /// <param name="round">The round in which it becomes known.</param>
    /// <param name="k">The threshold that was played.</param>
    /// <param name="batch">What was seen.</param>
    public void SeeReward(int round, int k, in Batch batch)
    {
        var range = _config.GoodUtility + _config.BadUtility;
        Add(round, k, 0, batch.Reward, range * range / batch.Count);
    }

    private double Radius(in Tally tally) => tally.Rounds == 0 ? double.PositiveInfinity : _width * Math.Sqrt(tally.Proxy) / tally.Rounds;

    private void Add(int round, int k, int which, double value, double proxy)
    {
        _tallies[k, which] = _tallies[k, which].With(value, proxy, 1);
        _window?.Enqueue((round, k, which, value, proxy));
    }

    private void Forget(int round)
    {
        while (_window is not null && _window.TryPeek(out var old) && old.Round <= round - Window)
        {
            _window.Dequeue();
            _tallies[old.Threshold, old.Which] = _tallies[old.Threshold, old.Which].With(-old.Value, -old.Proxy, -1);
        }
    }

    private readonly record struct Tally(double Sum, double Proxy, int Rounds)
    {
        public double Mean => Rounds == 0 ? 0 : Sum / Rounds;

        public Tally With(double value, double proxy, int rounds) => Rounds + rounds == 0 ? default : new(Sum + value, Math.Max(0, Proxy + proxy), Rounds + rounds);
    }
}
