using Pilotage.Tensors;

namespace Pilotage.Language.Groups;

/// <summary>Figures over all tokens that an iteration learned from: how far its updates moved the policy, and how random it is.</summary>
public sealed class TokenFigures
{
    private float[] _values = [], _ratios = [];
    private double _ratio, _square, _divergence, _outside, _entropy, _norm;
    private long _tokens, _entropies, _updates;

    /// <summary>Adds the tokens of a step.</summary>
    /// <param name="logRatio">log pi - log pi_old, [actions].</param>
    /// <param name="entropy">Of each token's distribution, nats, [actions].</param>
    /// <param name="lowerRadius">Ratios below 1 less this count as outside.</param>
    /// <param name="upperRadius">Ratios above 1 plus this count as outside.</param>
    public void Add(Tensor logRatio, Tensor entropy, double lowerRadius, double upperRadius)
    {
        var first = (int)_tokens;
        if (_ratios.Length < first + logRatio.Shape.Count) Array.Resize(ref _ratios, Math.Max(first + logRatio.Shape.Count, 2 * _ratios.Length));
        foreach (var value in Read(logRatio))
        {
            var ratio = Math.Exp(value);
            _ratios[_tokens] = (float)ratio;
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

    /// <summary>The means since the last call: <c>ratio_mean</c>, <c>ratio_variance</c> (around 1), <c>ratio_p01</c> and <c>ratio_p99</c> (percentiles), <c>ratio_spread_p99</c> (of the distance from 1), <c>approx_kl</c>, <c>clip_fraction</c>, <c>entropy</c>, <c>gradient_norm</c>. Begins anew.</summary>
    /// <returns>Names and means; none where nothing was added.</returns>
    public IReadOnlyList<KeyValuePair<string, double>> Take()
    {
        var named = new List<KeyValuePair<string, double>>();
        if (_tokens > 0)
        {
            named.Add(new("ratio_mean", _ratio / _tokens));
            named.Add(new("ratio_variance", _square / _tokens));
            var ratios = _ratios.AsSpan(0, (int)_tokens);
            ratios.Sort();
            named.Add(new("ratio_p01", Percentile(ratios, 0.01)));
            named.Add(new("ratio_p99", Percentile(ratios, 0.99)));
            foreach (ref var ratio in ratios) ratio = Math.Abs(ratio - 1);
            ratios.Sort();
            named.Add(new("ratio_spread_p99", Percentile(ratios, 0.99)));
            named.Add(new("approx_kl", _divergence / _tokens));
            named.Add(new("clip_fraction", _outside / _tokens));
        }
        if (_entropies > 0) named.Add(new("entropy", _entropy / _entropies));
        if (_updates > 0) named.Add(new("gradient_norm", _norm / _updates));
        (_ratio, _square, _divergence, _outside, _entropy, _norm) = (0, 0, 0, 0, 0, 0);
        (_tokens, _entropies, _updates) = (0, 0, 0);
        return named;
    }

    // Interpolated between the two nearest ranks.
    private static double Percentile(ReadOnlySpan<float> sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var low = (int)place;
        return sorted[low] + (place - low) * (sorted[Math.Min(low + 1, sorted.Length - 1)] - sorted[low]);
    }

    private ReadOnlySpan<float> Read(Tensor tensor)
    {
        var count = tensor.Shape.Count;
        if (_values.Length < count) _values = new float[count];
        tensor.CopyTo(_values.AsSpan(0, count));
        return _values.AsSpan(0, count);
    }
}
