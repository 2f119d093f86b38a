using Pilotage.Tensors;

namespace Pilotage.Language.Groups;

/// <summary>Figures over all tokens that an iteration learned from: how far its updates moved the policy, and how random it is.</summary>
public sealed class TokenFigures
{
    private float[] _values = [];
    private double _ratio, _square, _divergence, _outside, _entropy, _norm;
    private long _tokens, _entropies, _updates;

    /// <summary>Adds the tokens of a step.</summary>
    /// <param name="logRatio">log pi - log pi_old, [actions].</param>
    /// <param name="entropy">Of each token's distribution, nats, [actions].</param>
    /// <param name="lowerRadius">Ratios below 1 less this count as outside.</param>
    /// <param name="upperRadius">Ratios above 1 plus this count as outside.</param>
    public void Add(Tensor logRatio, Tensor entropy, double lowerRadius, double upperRadius)
    {
        foreach (var value in Read(logRatio))
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

    /// <summary>The means since the last call: <c>ratio_mean</c>, <c>ratio_variance</c> (around 1), <c>approx_kl</c>, <c>clip_fraction</c>, <c>entropy</c>, <c>gradient_norm</c>. Begins anew.</summary>
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
        }
        if (_entropies > 0) named.Add(new("entropy", _entropy / _entropies));
        if (_updates > 0) named.Add(new("gradient_norm", _norm / _updates));
        (_ratio, _square, _divergence, _outside, _entropy, _norm) = (0, 0, 0, 0, 0, 0);
        (_tokens, _entropies, _updates) = (0, 0, 0);
        return named;
    }

    private ReadOnlySpan<float> Read(Tensor tensor)
    {
        var count = tensor.Shape.Count;
        if (_values.Length < count) _values = new float[count];
        tensor.CopyTo(_values.AsSpan(0, count));
        return _values.AsSpan(0, count);
    }
}
