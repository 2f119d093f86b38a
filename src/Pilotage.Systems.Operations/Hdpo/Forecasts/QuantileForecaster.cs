using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>Quantiles of what customers will want over the lead time and the period itself, from past demand, by the pinball loss.</summary>
/// <remarks>
/// A perceptron of past demand over its mean, the calendar and the lead time, with an output for each of the levels 0.05, 0.10, … 0.95: the quantile of the demand of periods t … t + L over
/// (L + 1) times that mean. Koenker and Bassett, Econometrica 46, 1978: loss = max(tau e, (tau - 1) e), e the demand less the quantile.
/// </remarks>
internal sealed class QuantileForecaster
{
    /// <summary>Number of levels.</summary>
    public const int Count = 19;

    /// <summary>Distance of two levels, and the first one.</summary>
    public const float LevelStep = 0.05f;

    private const float LeastScale = 0.05f;              // as of the data-driven network
    private readonly Parameters _parameters = new();
    private readonly Perceptron _network;
    private readonly int _past;

    /// <param name="past">How many past periods are seen.</param>
    /// <param name="hidden">Widths of the hidden layers.</param>
    /// <param name="seeds">Fills the weights.</param>
    public QuantileForecaster(int past, IReadOnlyList<int> hidden, SeedTree seeds)
    {
        var random = seeds.Initialisation.Start();
        _past = past;
        _network = new(_parameters, "quantiles", past + 2, hidden, Count, ref random, outputBias: 1);
    }

    /// <summary>Trains on the periods of a set whose lead times lie in it.</summary>
    /// <param name="scenarios">With past periods and terms.</param>
    /// <param name="updates">Gradient steps.</param>
    /// <param name="rows">Pairs of a scenario and a period in one of them.</param>
    /// <param name="learningRate">First step size; falls linearly to a hundredth.</param>
    /// <param name="seeds">Chooses the pairs.</param>
    /// <param name="cancellation">Looked at between updates.</param>
    /// <returns>The mean loss of the last tenth of the updates.</returns>
    public double Train(ScenarioSet scenarios, int updates, int rows, double learningRate, SeedTree seeds, CancellationToken cancellation = default)
    {
        var optimizer = new Adam(_parameters, learningRate);
        var random = seeds.Shuffle.Start();
        var (seen, targets) = (new float[rows * (_past + 2)], new float[rows]);
        var levels = new float[Count];
        for (var q = 0; q < Count; q++) levels[q] = (q + 1) * LevelStep;
        var late = 0.0;
        for (var update = 0; update < updates; update++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var row = 0; row < rows; row++)
            {
                var scenario = random.NextInt(scenarios.Count);
                var lead = scenarios.Terms!.LeadTimes[scenario];
                var period = random.NextInt(Math.Max(1, scenarios.Periods - lead));
                var scale = Describe(scenarios, scenario, period, seen.AsSpan(row * (_past + 2), _past + 2));
                var sum = 0f;
                for (var t = period; t <= period + lead; t++) sum += scenarios.Demand[scenario * scenarios.PathLength + scenarios.PastPeriods + t];
                targets[row] = sum / ((lead + 1) * scale);
            }
            optimizer.LearningRate = learningRate * Math.Max(0.01, 1 - (double)update / updates);
            using var step = Step.Begin();
            var error = Tensor.From(targets, rows, 1) - _network.Forward(Tensor.From(seen, rows, _past + 2));
            var loss = optimizer.Descend(Pinball(error, Tensor.From(levels, Count)), 1).Loss;
            if (update >= updates - updates / 10 - 1) late += loss / (updates / 10 + 1);
        }
        return late;
    }

    /// <summary>The mean over rows and levels of max(tau e, (tau - 1) e).</summary>
    /// <param name="error">e, [rows, levels].</param>
    /// <param name="levels">tau, [levels].</param>
    public static Tensor Pinball(Tensor error, Tensor levels) => (error * levels + (-error).Relu()).Mean();

    /// <summary>Quantiles at every period of a set, in units of demand, rising by level.</summary>
    /// <param name="scenarios">With past periods and terms.</param>
    /// <returns>[N, T, 19].</returns>
    public float[] Forecast(ScenarioSet scenarios)
    {
        var (count, periods) = (scenarios.Count, scenarios.Periods);
        var forecasts = new float[count * periods * Count];
        var (seen, scales) = (new float[periods * (_past + 2)], new float[periods]);
        for (var i = 0; i < count; i++)
        {
            for (var t = 0; t < periods; t++) scales[t] = Describe(scenarios, i, t, seen.AsSpan(t * (_past + 2), _past + 2)) * (scenarios.Terms!.LeadTimes[i] + 1);
            var own = forecasts.AsSpan(i * periods * Count, periods * Count);
            using var step = Step.Begin(gradient: Gradient.None);
            _network.Forward(Tensor.From(seen, periods, _past + 2)).CopyTo(own);
            for (var t = 0; t < periods; t++)
            {
                var row = own.Slice(t * Count, Count);
                foreach (ref var quantile in row) quantile = Math.Max(0, quantile) * scales[t];
                row.Sort();                                              // levels are learned apart and may cross; sorting them is never worse (Chernozhukov et al., 2010)
            }
        }
        return forecasts;
    }

    private float Describe(ScenarioSet scenarios, int scenario, int period, Span<float> seen)
    {
        var past = scenarios.Demand.AsSpan(scenario * scenarios.PathLength + scenarios.PastPeriods + period - _past, _past);
        var sum = 0f;
        foreach (var value in past) sum += value;
        var scale = sum / _past + LeastScale;
        for (var i = 0; i < _past; i++) seen[i] = past[i] / scale;
        seen[_past] = scenarios.Calendar.Length == 0 ? 0 : scenarios.Calendar[scenarios.PastPeriods + period];
        seen[_past + 1] = scenarios.Terms!.LeadTimes[scenario] / 10f;
        return scale;
    }
}
