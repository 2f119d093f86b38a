using Pilotage.Tensors;

namespace Pilotage.Language.Groups;

/// <summary>Figures over all tokens that an iteration learned from: how far its updates moved the policy, and how random it is.</summary>
public sealed class TokenFigures
{
    private float[] _values = [];
    private float[] _logRatios = [];
    private int _kept;
    private double _ratio, _square, _divergence, _outside, _entropy, _norm;
    private long _tokens, _entropies, _updates;

    /// <summary>Adds the tokens of a step.</summary>
    /// <param name="logRatio">log pi - log pi_old, [actions].</param>
    /// <param name="entropy">Of each token's distribution, nats, [actions].</param>
    /// <param name="lowerRadius">Ratios below 1 less this count as outside.</param>
    /// <param name="upperRadius">Ratios above 1 plus this count as outside.</param>
    public void Add(Tensor logRatio, Tensor entropy, double lowerRadius, double upperRadius)
    {
        var logRatios = Read(logRatio);
        if (_logRatios.Length < _kept + logRatios.Length) Array.Resize(ref _logRatios, 2 * (_kept + logRatios.Length));
        logRatios.CopyTo(_logRatios.AsSpan(_kept));
        _kept += logRatios.Length;
        foreach (var value in logRatios)
        {
            var ratio = Math.Exp(value);
            _ratio += ratio;
            _square += (ratio - 1) * (ratio - 1);
            _divergence += ratio - 1 - value;
            if (ratio < 1 - lowerRadius || ratio > 1 + upperRadius) _outside++;
            _tokens++;
        }
        foreach (var value in Read(entropy)) _entropy += value;
        _entropies += entropy.Shape.Count;
    }

    /// <summary>Adds an update.</summary>
    /// <param name="update">What the optimiser reported.</param>
    public void Add(UpdateReport update)
    {
        _norm += update.GradientNorm;
        _updates++;
    }

    /// <summary>The means since the last call: <c>ratio_mean</c>, <c>ratio_variance</c> (around 1), <c>approx_kl</c>, <c>clip_fraction</c>, <c>ratio_p01</c>, <c>ratio_p50</c> and <c>ratio_p99</c> (percentiles), <c>ratio_spread_p99</c> (of the distance from 1), <c>entropy</c>, <c>gradient_norm</c>. Begins anew.</summary>
    /// <returns>Names and means; none where nothing was added.</returns>
    public IReadOnlyList<KeyValuePair<string, double>> Take()
    {
        var named = new List<KeyValuePair<string, double>>();
        if (_tokens > 0)
        {
            named.Add(new("ratio_mean", _ratio / _tokens));
            named.Add(new("ratio_variance", _square / _tokens));
            named.Add(new("approx_kl", _divergence / _tokens));
            named.Add(new("clip_fraction", _outside / _tokens));
            var sorted = _logRatios.AsSpan(0, _kept);
            sorted.Sort();
            named.Add(new("ratio_p01", Percentile(sorted, 0.01)));
            named.Add(new("ratio_p50", Percentile(sorted, 0.50)));
            named.Add(new("ratio_p99", Percentile(sorted, 0.99)));
            foreach (ref var value in sorted) value = (float)Math.Abs(Math.Exp(value) - 1);
            sorted.Sort();
            named.Add(new("ratio_spread_p99", sorted[Place(0.99, sorted.Length)]));
        }
        if (_entropies > 0) named.Add(new("entropy", _entropy / _entropies));
        if (_updates > 0) named.Add(new("gradient_norm", _norm / _updates));
        (_ratio, _square, _divergence, _outside, _entropy, _norm) = (0, 0, 0, 0, 0, 0);
        (_tokens, _entropies, _updates, _kept) = (0, 0, 0, 0);
        return named;
    }

    // The least ratio that at least the given share of the tokens does not exceed.
    private static double Percentile(ReadOnlySpan<float> sortedLogRatios, double share) => Math.Exp(sortedLogRatios[Place(share, sortedLogRatios.Length)]);

    private static int Place(double share, int count) => Math.Max(0, (int)Math.Ceiling(share * count) - 1);

    private ReadOnlySpan<float> Read(Tensor tensor)
    {
        var count = tensor.Shape.Count;
        if (_values.Length < count) _values = new float[count];
        tensor.CopyTo(_values.AsSpan(0, count));
        return _values.AsSpan(0, count);
    }
}
