using Pilotage.Tensors;

namespace Pilotage.Systems.Language.LpReg;

/// <summary>The proxy distributions of all tokens of a step, as constants for its loss.</summary>
/// <param name="filter">What is noise.</param>
/// <param name="kappa">The threshold.</param>
internal sealed class ProxyTable(LpRegFilter filter, double kappa)
{
    // The logarithm of what the proxy leaves out, where a finite number must stand; nothing is ever multiplied by it but 0.
    private const float LeftOut = -1e4f;
    private float[] _logOld = [];
    private float[] _logProxy = [];
    private float[] _logChosen = [];
    private int _actions, _vocabulary;

    /// <summary>log proxy of the drawn tokens, [actions]; negative infinity for noise.</summary>
    public ReadOnlySpan<float> LogChosen => _logChosen.AsSpan(0, _actions);

    /// <summary>Probabilities, [actions, vocabulary].</summary>
    public Tensor Probabilities => Table(MathF.Exp);

    /// <summary>Logarithms, [actions, vocabulary], with a low number for what is left out.</summary>
    public Tensor LogProbabilities => Table(value => Math.Max(value, LeftOut));

    /// <summary>What is kept, [actions, vocabulary].</summary>
    public Mask Kept => Mask.From([.. _logProxy.Take(_actions * _vocabulary).Select(float.IsFinite)], _actions, _vocabulary);

    /// <summary>Sum of proxy log proxy of each row, [actions].</summary>
    public Tensor NegativeEntropy
    {
        get
        {
            var sums = new float[_actions];
            for (var action = 0; action < _actions; action++)
            {
                var sum = 0.0;
                foreach (var value in _logProxy.AsSpan(action * _vocabulary, _vocabulary))
                    if (float.IsFinite(value)) sum += Math.Exp(value) * value;
                sums[action] = (float)sum;
            }
            return Tensor.From(sums, _actions);
        }
    }

    /// <summary>Makes the distributions.</summary>
    /// <param name="logOld">log pi_old, [actions, vocabulary]; read, not differentiated.</param>
    /// <param name="chosen">The drawn tokens, [actions].</param>
    public void Make(Tensor logOld, ReadOnlySpan<int> chosen)
    {
        (_actions, _vocabulary) = (logOld.Shape[0], logOld.Shape[1]);
        var count = _actions * _vocabulary;
        if (_logOld.Length < count) (_logOld, _logProxy, _logChosen) = (new float[count], new float[count], new float[_actions]);
        if (_logChosen.Length < _actions) _logChosen = new float[_actions];
        logOld.CopyTo(_logOld.AsSpan(0, count));
        for (var action = 0; action < _actions; action++)
        {
            var row = _logProxy.AsSpan(action * _vocabulary, _vocabulary);
            ProxyDistribution.Make(_logOld.AsSpan(action * _vocabulary, _vocabulary), filter, kappa, row);
            _logChosen[action] = row[chosen[action]];
        }
    }

    /// <summary>log proxy of the drawn tokens as constants, [actions], and what the policy says itself where they are noise: there the divergence is 0, and it is not protected anyway.</summary>
    /// <param name="logProbability">log pi of the drawn tokens, [actions]; read, not differentiated.</param>
    public Tensor LogChosenOr(Tensor logProbability)
    {
        var values = new float[_actions];
        logProbability.CopyTo(values);
        for (var action = 0; action < _actions; action++)
            if (float.IsFinite(_logChosen[action])) values[action] = _logChosen[action];
        return Tensor.From(values, _actions);
    }

    private Tensor Table(Func<float, float> of)
    {
        var values = new float[_actions * _vocabulary];
        for (var i = 0; i < values.Length; i++) values[i] = of(_logProxy[i]);
        return Tensor.From(values, _actions, _vocabulary);
    }
}
