using System.Buffers;
using Pilotage.Language.Groups;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Systems.Language.R2vpo;

/// <summary>The multipliers of the bound, one for all samples or one for each age, with what their minibatches show.</summary>
internal sealed class VariancePrices : ISaved
{
    private const double Winsorized = 10;                 // ratios are held to it in the robust variance, which is told and not bounded
    private readonly DualVariable[] _duals;
    private readonly double[] _squares;                   // of the running minibatch, by multiplier
    private readonly long[] _tokens;
    private readonly double[] _pulls, _weights;           // since the figures were taken, by age
    private float[] _values = [], _ofAdvantage = [];
    private double _variance, _robust, _largest, _multiplier, _measured;
    private int _ascents;

    /// <param name="config">The bound.</param>
    /// <param name="maximumAge">Of stored samples; older ones count as of this age.</param>
    public VariancePrices(RatioVarianceConfig config, int maximumAge)
    {
        _duals = [.. Enumerable.Range(0, config.Scope == ConstraintScope.Global ? 1 : maximumAge + 1).Select(_ => config.MakeDual())];
        (_squares, _tokens) = (new double[_duals.Length], new long[_duals.Length]);
        (_pulls, _weights) = (new double[maximumAge + 1], new double[maximumAge + 1]);
    }

    /// <summary>lambda, by age where each has its own.</summary>
    public IReadOnlyList<double> Values => [.. _duals.Select(dual => dual.Value)];

    /// <summary>lambda of each token; constants of the open step.</summary>
    /// <param name="batch">What is learned from.</param>
    /// <returns>[actions].</returns>
    public Tensor Of(TokenBatch batch)
    {
        var sequences = batch.Sequences;
        var perToken = new float[sequences.Actions];
        for (var i = 0; i < perToken.Length; i++) perToken[i] = (float)_duals[Place(batch.Rows[sequences.RowOf[i]].Age)].Value;
        return Tensor.From(perToken, perToken.Length);
    }

    /// <summary>Adds the tokens of a part of a minibatch to what is measured.</summary>
    /// <param name="ratio">r, [actions].</param>
    /// <param name="batch">Whose tokens they are.</param>
    public void Measure(Tensor ratio, TokenBatch batch)
    {
        var sequences = batch.Sequences;
        if (_values.Length < sequences.Actions) (_values, _ofAdvantage) = (new float[sequences.Actions], new float[sequences.Actions]);
        ratio.CopyTo(_values.AsSpan(0, sequences.Actions));
        batch.Advantages.CopyTo(_ofAdvantage.AsSpan(0, sequences.Actions));
        for (var i = 0; i < sequences.Actions; i++)
        {
            var (r, a, age) = ((double)_values[i], (double)_ofAdvantage[i], batch.Rows[sequences.RowOf[i]].Age);
            var place = Place(age);
            _squares[place] += (r - 1) * (r - 1);
            _tokens[place]++;
            _robust += Math.Pow(Math.Min(r, Winsorized) - 1, 2);
            _measured++;
            _largest = Math.Max(_largest, r);
            // What the gradient makes of a sample, beside what it would be if the sample were fresh: r (A - 2 lambda (r - 1)) in the direction of A.
            var bucket = (int)Math.Min(age, _weights.Length - 1);
            _pulls[bucket] += r * (a - 2 * _duals[place].Value * (r - 1)) * Math.Sign(a);
            _weights[bucket] += Math.Abs(a);
        }
    }

    /// <summary>Ascends every multiplier whose samples were in the minibatch.</summary>
    public void Ascend()
    {
        for (var place = 0; place < _duals.Length; place++)
            if (_tokens[place] > 0) _duals[place].Ascend(_squares[place] / _tokens[place]);
        _variance += _squares.Sum() / _tokens.Sum();
        _multiplier += _duals.Average(dual => dual.Value);
        _ascents++;
        Array.Clear(_squares);
        Array.Clear(_tokens);
    }

    /// <summary>Means since the last call: <c>constrained_variance</c>, <c>robust_variance</c>, <c>largest_ratio</c>, <c>multiplier</c>, and <c>weight_age_N</c>, how much of a fresh sample's pull one of age N has. Begins anew.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Take()
    {
        if (_ascents == 0) return [];
        List<KeyValuePair<string, double>> named =
        [
            new("constrained_variance", _variance / _ascents), new("robust_variance", _robust / _measured), new("largest_ratio", _largest), new("multiplier", _multiplier / _ascents),
        ];
        for (var age = 0; age < _weights.Length; age++)
            if (_weights[age] > 0) named.Add(new($"weight_age_{age}", _pulls[age] / _weights[age]));
        (_variance, _robust, _largest, _multiplier, _measured, _ascents) = (0, 0, 0, 0, 0, 0);
        Array.Clear(_pulls);
        Array.Clear(_weights);
        return named;
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        foreach (var dual in _duals) dual.Save(writer);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        foreach (var dual in _duals) dual.Load(ref reader);
    }

    private int Place(long age) => _duals.Length == 1 ? 0 : (int)Math.Min(age, _duals.Length - 1);
}
