using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>Orders up to a forecast quantile of the demand over the lead time: the newsvendor's rule, generalised.</summary>
/// <remarks>The forecaster stays as it was trained; what may be trained is the level u. Between two forecast levels the quantile is a straight line: sum of hat functions, so u has a gradient.</remarks>
internal sealed class QuantileStock : IOrderPolicy
{
    private const int TransformWidth = 8;
    private readonly float[] _forecasts;                 // [N, T, 19]
    private readonly ScenarioSet _set;
    private readonly QuantileRule _rule;
    private readonly bool _allowsReturns;
    private readonly Parameter? _level;
    private readonly Perceptron? _transform;
    private readonly Dictionary<int, (float[] Quantiles, float[] Ratios)> _buffers = [];

    /// <param name="rule">Where the level comes from.</param>
    /// <param name="forecaster">Trained.</param>
    /// <param name="set">The scenarios that will be run.</param>
    /// <param name="seeds">Fills the weights of a transformed level.</param>
    /// <param name="allowsReturns">Whether what is too much may be sent back at no cost: nobody may, but it bounds what forecasts can do.</param>
    public QuantileStock(QuantileRule rule, QuantileForecaster forecaster, ScenarioSet set, SeedTree seeds, bool allowsReturns = false)
        : this(rule, forecaster, set, new Parameters(), allowsReturns)
    {
        var random = seeds.Initialisation.Start();
        if (rule == QuantileRule.Fixed) _level = Parameters.Add("level", new(1), new Initializer.Constant(2), ref random);
        if (rule == QuantileRule.Transformed) _transform = new(Parameters, "transform", 1, [TransformWidth], 1, ref random, outputBias: 2);
    }

    private QuantileStock(QuantileRule rule, QuantileForecaster forecaster, ScenarioSet set, Parameters parameters, bool allowsReturns)
    {
        (_rule, _set, Parameters, _allowsReturns) = (rule, set, parameters, allowsReturns);
        _forecasts = forecaster.Forecast(set);
    }

    private QuantileStock(QuantileStock other, QuantileForecaster forecaster, ScenarioSet set)
        : this(other._rule, forecaster, set, other.Parameters, other._allowsReturns) => (_level, _transform) = (other._level, other._transform);

    /// <inheritdoc/>
    public Parameters Parameters { get; }

    /// <summary>The same rule, with the same parameters, on other scenarios.</summary>
    /// <param name="forecaster">Of the first one.</param>
    /// <param name="set">The scenarios that will be run.</param>
    public QuantileStock On(QuantileForecaster forecaster, ScenarioSet set) => new(this, forecaster, set);

    /// <inheritdoc/>
    public Tensor Orders(in InventoryFrame frame)
    {
        var (batch, count, levels) = (frame.Batch, frame.Count, QuantileForecaster.Count);
        if (!_buffers.TryGetValue(count, out var buffers)) _buffers.Add(count, buffers = (new float[count * levels], new float[count]));
        for (var i = 0; i < count; i++)
        {
            var scenario = batch.Chosen[i];
            _forecasts.AsSpan((scenario * _set.Periods + frame.Period) * levels, levels).CopyTo(buffers.Quantiles.AsSpan(i * levels));
            buffers.Ratios[i] = batch.Terms!.ShortageCosts[scenario] / (batch.Terms.ShortageCosts[scenario] + batch.Terms.HoldingCosts[scenario]);
        }
        var ratio = Tensor.From(buffers.Ratios, count, 1);
        var level = _rule switch
        {
            QuantileRule.Fixed => Tensor.Of(_level!).Sigmoid().Reshape(1, 1).Expand(count, 1),
            QuantileRule.Transformed => _transform!.Forward((ratio / (1f - ratio)).Log()).Sigmoid(),
            _ => ratio,
        };
        var places = level.Clamp(QuantileForecaster.LevelStep, levels * QuantileForecaster.LevelStep) * (1 / QuantileForecaster.LevelStep) - 1f;     // among 0 … 18
        var hats = (1f - (places - Tensor.From(Places, 1, levels)).Abs()).Relu();                              // [B, 19]
        var target = (hats * Tensor.From(buffers.Quantiles, count, levels)).Sum(1).Reshape(count, 1);
        var order = target - frame.Position;
        return _allowsReturns ? order : order.Relu();
    }

    private static readonly float[] Places = [.. Enumerable.Range(0, QuantileForecaster.Count).Select(q => (float)q)];
}
