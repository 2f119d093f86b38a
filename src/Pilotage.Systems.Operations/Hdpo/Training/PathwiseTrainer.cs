using Pilotage.Tensors;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>Hindsight differentiable policy optimisation: descends the cost of simulated paths by the gradient through the simulator itself.</summary>
/// <remarks>
/// Source: arXiv:2306.11246, section 4, Algorithm 1. Symbols: theta parameters, B scenarios of an update, T periods, S stores, x state, q orders, d demand.
/// J(theta) = mean over scenarios of 1 / (T S) sum over t of cost_t; demand does not depend on orders, so each path can be replayed under any policy, and as the dynamics are piecewise
/// linear the gradient of J is plain backpropagation through time. No critic, no exploration noise.
/// Differs from the paper: the step size falls linearly; the network is the last one, or the best on validation scenarios where the settings say so, instead of the authors' early stopping.
/// </remarks>
internal sealed class PathwiseTrainer
{
    private const double LastShare = 0.01;               // of the first step size
    private readonly PathwiseSettings _settings;
    private readonly IOrderPolicy _policy;
    private readonly ScenarioBatch _batch;
    private readonly ScenarioSet? _validation;
    private readonly Adam _optimizer;
    private readonly Device? _device;
    private readonly int[] _order;
    private readonly float[] _best;
    private double _bestCost = double.PositiveInfinity;
    private Randomness _shuffle;
    private int _next;

    /// <param name="settings">How.</param>
    /// <param name="policy">What is trained, in place.</param>
    /// <param name="scenarios">To learn from.</param>
    /// <param name="seeds">Orders the scenarios.</param>
    /// <param name="validation">To choose among networks; <see langword="null"/> keeps the last.</param>
    /// <param name="device">Where to compute; <see langword="null"/> for the managed device.</param>
    public PathwiseTrainer(PathwiseSettings settings, IOrderPolicy policy, ScenarioSet scenarios, SeedTree seeds, ScenarioSet? validation = null, Device? device = null)
    {
        (_settings, _policy, _validation, _device) = (settings, policy, settings.ValidationPeriod > 0 ? validation : null, device);
        _batch = new(scenarios, Math.Min(settings.Batch, scenarios.Count));
        _optimizer = new(policy.Parameters, settings.LearningRate);
        _order = [.. Enumerable.Range(0, scenarios.Count)];
        _best = new float[policy.Parameters.Values.Length];
        _shuffle = seeds.Shuffle.Start();
        _next = _order.Length;
    }

    /// <summary>Updates made.</summary>
    public int Updates { get; private set; }

    /// <summary>Periods simulated, over all scenarios: what learning has seen.</summary>
    public long SimulatedPeriods => (long)Updates * _batch.Count * _batch.Periods;

    /// <summary>Trains to the end.</summary>
    /// <param name="cancellation">Looked at between updates.</param>
    /// <returns>The loss of every update.</returns>
    public float[] Run(CancellationToken cancellation = default)
    {
        var losses = new float[_settings.Updates];
        while (Updates < _settings.Updates)
        {
            cancellation.ThrowIfCancellationRequested();
            losses[Updates] = Iterate().Loss;
            if (_validation is not null && (Updates % _settings.ValidationPeriod == 0 || Updates == _settings.Updates)) KeepIfBest();
        }
        if (_validation is not null) _best.CopyTo(_policy.Parameters.Values);
        return losses;
    }

    /// <summary>One update.</summary>
    /// <returns>The loss before it and the gradient's norm.</returns>
    public UpdateReport Iterate()
    {
        DrawBatch();
        _optimizer.LearningRate = _settings.LearningRate * Math.Max(LastShare, 1 - (double)Updates / _settings.Updates);
        using var step = Step.Begin(_device);
        var report = _optimizer.Descend(Loss(_policy, _batch), (float)_settings.MaximumGradientNorm);
        Updates++;
        return report;
    }

    /// <summary>J(theta) of a batch, in the open step.</summary>
    /// <param name="policy">Decides.</param>
    /// <param name="batch">The scenarios.</param>
    /// <returns>Money for a period and a store.</returns>
    public static Tensor Loss(IOrderPolicy policy, ScenarioBatch batch)
    {
        var network = batch.Network;
        var flow = new StockFlow(batch);
        var state = Tensor.From(batch.Initial, batch.Count, network.Count, network.Width);                   // x_0
        var total = Tensor.Filled(0, batch.Count, network.Count);
        for (var t = 0; t < batch.Periods; t++)
        {
            var orders = policy.Orders(new(state, batch, t));                                                // q_t = pi_theta(x_t)
            var period = flow.Advance(state, orders, Tensor.From(batch.Demand(t), batch.Count, network.StoreCount));
            total += period.Cost;
            state = period.Next;                                                                             // x_t+1
        }
        return total.Sum() * (1f / ((float)batch.Count * batch.Periods * network.StoreCount));
    }

    // Passes over all scenarios, each in a new order; what does not fill a batch waits for the next pass.
    private void DrawBatch()
    {
        if (_next + _batch.Count > _order.Length)
        {
            _shuffle.Shuffle<int>(_order);
            _next = 0;
        }
        _batch.Fill(_order.AsSpan(_next, _batch.Count));
        _next += _batch.Count;
    }

    private void KeepIfBest()
    {
        var cost = ScenarioRun.Of(_policy, _validation!, ignore: 0, _device).MeanCost;
        if (!(cost < _bestCost)) return;
        _bestCost = cost;
        _policy.Parameters.Values.CopyTo(_best);
    }
}
