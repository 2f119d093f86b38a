using System.Buffers;
using Pilotage.Credit;
using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Objectives;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Algorithms;

/// <summary>Importance-weighted actor-learner: a policy that lags by a fixed number of updates acts, and V-trace corrects for it.</summary>
/// <remarks>
/// Source: arXiv:1802.01561, section 4; V-trace: eq. 1; the three gradients: section 4.2.
/// Symbols: N rows, n steps per row and update, mu acting policy, pi learning policy, x state, V value, v value target, rho and c ratios cut at rho-bar and c-bar.
/// Differs from the paper: the lag is a setting and the same at each update, so that the same seed gives the same bits; one learner, no queue; policy and value share no
/// weights; a truncated episode bootstraps from its true last state.
/// </remarks>
public sealed class Impala : IRolloutLearner
{
    private const int IterationUpdates = 4;                                              // so that figures and checkpoints cost nothing
    private const double Epsilon = 1e-5;                                                 // of RMSProp, as for A2C; the paper's 0.01 is for millions of frames
    private readonly ImpalaConfig _config;
    private readonly ActorCritic _policy;                                                // pi and V
    private readonly ActorCritic[] _past;                                                // policies after the last updates, [lag + 1], in turn; mu is one of them
    private readonly IVectorEnvironment _environment;
    private readonly RmsProp _optimizer;
    private readonly Rollout _rollout;                                                   // [n, N]
    private readonly Minibatch _batch;                                                   // [n N]: the whole rollout
    private readonly float[] _logRatios;                                                 // log pi - log mu, [n, N]
    private readonly PhaseClock _clock = new();
    private readonly UpdateMeans _means = new("policy_loss", "value_loss", "entropy", "approx_kl", "gradient_norm");

    /// <summary>Makes the networks and begins an episode in every row.</summary>
    /// <param name="config">Valid settings.</param>
    /// <param name="environment">N rows; the learner is its only user.</param>
    /// <param name="seeds">The run's seed tree.</param>
    /// <param name="device">Where the networks are computed; <see langword="null"/> for <see cref="Device.Managed"/>.</param>
    public Impala(ImpalaConfig config, IVectorEnvironment environment, SeedTree seeds, Device? device = null)
    {
        _config = config;
        _environment = NormalizedEnvironment.Around(environment, config.NormalizeObservations, config.NormalizeRewards, config.Discount, config.HoldNormalization);
        ActorCritic Make() => new(environment.Spec, config.Hidden, config.Activation, seeds, device, config.InitialDeviation);
        _policy = Make();
        _past = new ActorCritic[config.Lag + 1];
        for (var i = 0; i < _past.Length; i++) _past[i] = Make();
        _optimizer = new(_policy.Parameters, config.LearningRate, epsilon: Epsilon);
        Policy = NormalizedPolicy.For(_policy.Greedy, environment, _environment);
        _rollout = new(config.Horizon, environment);
        _batch = new(_rollout.Count, environment.Spec);
        _logRatios = new float[_rollout.Count];
        Source = new(_environment, seeds);
        _environment.Reset();
    }

    /// <inheritdoc/>
    public long Steps { get; private set; }

    /// <inheritdoc/>
    public RolloutSource Source { get; }

    /// <inheritdoc/>
    public IPolicy Policy { get; }

    /// <summary>Policy and value network, live.</summary>
    public ActorCritic Networks => _policy;

    /// <inheritdoc/>
    public IReadOnlyList<WeightBlock> Weights => _policy.Parameters.Blocks;

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Diagnostics { get; private set; } = [];

    /// <inheritdoc/>
    public MemoryEstimate Memory
    {
        get
        {
            var step = MemoryEstimate.OfStep(Loss, _policy.Parameters);
            _means.Take();                                                                // the plan's zeros
            return new(_optimizer.Bytes + _past.Length * 2 * sizeof(float) * (long)_policy.Parameters.Values.Length, step, _rollout.Bytes + _batch.Bytes + Buffer.ByteLength(_logRatios));
        }
    }

    /// <inheritdoc/>
    public LearnerTiming Timing => _clock.Timing;

    /// <inheritdoc/>
    public void Iterate()
    {
        _clock.Start();
        for (var update = 0; update < IterationUpdates && (update == 0 || Steps < _config.Steps); update++)
        {
            if (_config.AnnealLearningRate) _optimizer.LearningRate = _config.LearningRate * Math.Max(0, 1 - (double)Steps / _config.Steps);

            var done = _optimizer.Updates;
            _past[done % _past.Length].Parameters.BlendFrom(_policy.Parameters, 1);
            var older = Math.Max(0, done - _config.Lag);                                  // the first updates lag by as many as there are
            var acting = _past[older % _past.Length];
            Source.Collect(new LaggingActor(acting, _policy), _rollout, _clock, new(older, acting.Parameters), new(done, _policy.Parameters));
            Steps += _rollout.Count;

            _batch.Take(_rollout);
            using (Step.Begin(_policy.Parameters.Device))
                _means.Add("gradient_norm", _optimizer.Descend(Loss(), (float)_config.MaximumGradientNorm).GradientNorm);
            _clock.EndLearn();
        }
        Diagnostics =
        [
            new("episode_return", Source.Episodes.MeanReturn), new("episode_length", Source.Episodes.MeanLength), new("episodes", Source.Episodes.Finished),
            new("learning_rate", _optimizer.LearningRate), .. _means.Take(),
        ];
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write(Steps);
        writer.Write<float>(_policy.Parameters.Values);
        foreach (var past in _past) writer.Write<float>(past.Parameters.Values);
        _optimizer.Save(writer);
        Source.Save(writer);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        Steps = reader.ReadLong();
        reader.ReadInto(_policy.Parameters.Values);
        foreach (var past in _past) reader.ReadInto(past.Parameters.Values);
        _optimizer.Load(ref reader);
        Source.Load(ref reader);
    }

    /// <summary>A worker's side: the networks of a learner with these settings, mu and V, to play some of its rows.</summary>
    internal static RolloutShard Shard(ImpalaConfig config, IVectorEnvironment environment)
    {
        ActorCritic Make() => new(environment.Spec, config.Hidden, config.Activation, SeedTree.Root(0), device: null, config.InitialDeviation);
        var (acting, learning) = (Make(), Make());
        return new(environment, config.Horizon, new LaggingActor(acting, learning), [acting.Parameters, learning.Parameters], memory: null, config.NormalizeObservations);
    }

    private Tensor Loss()                                                                 // section 4.2, with the sign of a loss
    {
        var (pi, value) = _policy.Forward(_batch.Observations, _batch.Legal);             // over actions; [n N]
        var logPi = pi.LogProbability(_batch.ActionIndices, _batch.ActionValues);
        var logRatio = logPi - _batch.LogProbabilities;
        logRatio.CopyTo(_logRatios);
        VTrace.Compute(                                                                   // eq. 1
            _logRatios, _rollout.Rewards, _rollout.Values, _rollout.NextValues, _rollout.Ends, _rollout.Rows,
            new(_config.Discount, _config.TraceDecay, _config.RatioCut, _config.TraceCut), _rollout.Returns, _rollout.Advantages);
        var policyLoss = PolicyGradient.Weighted(logPi, Tensor.From(_rollout.Advantages, _rollout.Count));    // rho (r + gamma v' - V) grad log pi
        var valueLoss = ValueLoss.Squared(value, Tensor.From(_rollout.Returns, _rollout.Count));              // (v - V) grad V
        var entropy = pi.MeanEntropy();
        _means.Add("policy_loss", policyLoss.Item());
        _means.Add("value_loss", valueLoss.Item());
        _means.Add("entropy", entropy.Item());
        _means.Add("approx_kl", Surrogate.ApproximateKl(logRatio).Item());                         // KL(mu, pi)
        return policyLoss + (float)_config.ValueWeight * valueLoss - (float)_config.EntropyWeight * entropy;
    }

    /// <summary>mu acts; V is the learner's, which does not change while a rollout is collected.</summary>
    private sealed class LaggingActor(ActorCritic acting, ActorCritic learning) : IRolloutActor
    {
        public void Act(FrameBatch frames, ref Randomness random, RowsBeside beside, Span<int> indices, Span<float> raw, Span<float> logProbabilities, Span<float> values)
        {
            acting.Act(frames, isGreedy: false, ref random, beside, indices, raw, logProbabilities, values: []);
            learning.Value(frames, values);
        }

        public void ValueNext(FrameBatch frames, Span<float> values) => learning.Value(frames, values);

        public void ValueFinal(in Transition transition, Span<float> values) => learning.Value(transition.FinalFrames, values);

        public void EndRows(ReadOnlySpan<int> rows) { }

        public void ToBox(ReadOnlySpan<float> raw, Span<float> values) => acting.ToBox(raw, values);
    }
}
