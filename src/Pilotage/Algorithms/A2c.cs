using System.Buffers;
using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Objectives;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Algorithms;

/// <summary>Advantage actor-critic with rows that step together: one gradient step per short rollout, each step used once.</summary>
/// <remarks>
/// Source: arXiv:1602.01783, Algorithm S3, with the threads' turns replaced by rows in step ("A2C"); credit: arXiv:1506.02438, eq. 16, which at lambda 1 is the paper's return R.
/// Symbols: N rows, T steps per row and update (t-max), gamma discount, lambda trace decay, A advantage, V value, R value target, beta entropy weight.
/// Differs from the paper: no asynchrony, hence no stale gradients; policy and value share no weights; the gradient's norm is limited; the root of the mean square has its
/// epsilon outside; a truncated episode bootstraps from its true last state.
/// </remarks>
public sealed class A2c : IRolloutLearner, IWarmStart
{
    private const int IterationUpdates = 16;                                             // so that figures and checkpoints cost nothing
    private const double Epsilon = 1e-5;                                                 // of either optimiser, as in the widely used implementations
    private readonly A2cConfig _config;
    private readonly ActorCritic _policy;
    private readonly IVectorEnvironment _environment;
    private readonly Optimizer _optimizer;
    private readonly Rollout _rollout;                                                   // [T, N]
    private readonly Minibatch _batch;                                                   // [T N]: the whole rollout
    private readonly PhaseClock _clock = new();
    private readonly UpdateMeans _means = new("policy_loss", "value_loss", "entropy", "gradient_norm");

    /// <summary>Makes the networks and begins an episode in every row.</summary>
    /// <param name="config">Valid settings.</param>
    /// <param name="environment">N rows; the learner is its only user.</param>
    /// <param name="seeds">The run's seed tree.</param>
    /// <param name="device">Where the networks are computed; <see langword="null"/> for <see cref="Device.Managed"/>.</param>
    public A2c(A2cConfig config, IVectorEnvironment environment, SeedTree seeds, Device? device = null)
    {
        _config = config;
        _environment = NormalizedEnvironment.Around(environment, config.NormalizeObservations, config.NormalizeRewards, config.Discount, config.HoldNormalization);
        _policy = new(environment.Spec, config.Hidden, config.Activation, seeds, device, config.InitialDeviation);
        _optimizer = config.Optimizer == A2cOptimizer.Adam
            ? new Adam(_policy.Parameters, config.LearningRate, epsilon: Epsilon)
            : new RmsProp(_policy.Parameters, config.LearningRate, epsilon: Epsilon);
        Policy = NormalizedPolicy.For(_policy.Greedy, environment, _environment);
        _rollout = new(config.Horizon, environment);
        _batch = new(_rollout.Count, environment.Spec);
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
            return new(_optimizer.Bytes, step, _rollout.Bytes + _batch.Bytes);
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

            Source.Collect(_policy, _rollout, _clock, new WeightVersion(_optimizer.Updates, _policy.Parameters));  // "repeat … until"
            _rollout.ComputeAdvantages(_config.Discount, _config.TraceDecay);                                   // R, for i from t-1 to t-start
            Steps += _rollout.Count;

            _batch.Take(_rollout);
            if (_config.NormalizeAdvantages) _batch.NormalizeAdvantages();
            using (Step.Begin(_policy.Parameters.Device))
                _means.Add("gradient_norm", _optimizer.Descend(Loss(), (float)_config.MaximumGradientNorm).GradientNorm);
            _clock.EndLearn();
        }
        Diagnostics =
        [
            new("episode_return", Source.Episodes.MeanReturn), new("episode_length", Source.Episodes.MeanLength), new("episodes", Source.Episodes.Finished),
            new("learning_rate", _optimizer.LearningRate), new("explained_variance", _rollout.ExplainedVariance()), .. _means.Take(),
        ];
    }

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> WarmStart(Demonstrations shown, SeedTree seeds) =>
        BehaviourCloning.WarmStart(_policy, _environment, shown, _config.Discount, seeds);

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write(Steps);
        writer.Write<float>(_policy.Parameters.Values);
        _optimizer.Save(writer);
        Source.Save(writer);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        Steps = reader.ReadLong();
        reader.ReadInto(_policy.Parameters.Values);
        _optimizer.Load(ref reader);
        Source.Load(ref reader);
    }

    /// <summary>A worker's side: the networks of a learner with these settings, to play some of its rows.</summary>
    internal static RolloutShard Shard(A2cConfig config, IVectorEnvironment environment)
    {
        var policy = new ActorCritic(environment.Spec, config.Hidden, config.Activation, SeedTree.Root(0), device: null, config.InitialDeviation);
        return new(environment, config.Horizon, policy, [policy.Parameters], memory: null, config.NormalizeObservations);
    }

    private Tensor Loss()                                                                 // the two accumulated gradients, with the sign of a loss
    {
        var (pi, value) = _policy.Forward(_batch.Observations, _batch.Legal);             // over actions; [T N]
        var policyLoss = PolicyGradient.Weighted(pi.LogProbability(_batch.ActionIndices, _batch.ActionValues), _batch.Advantages);   // A = R - V
        var valueLoss = ValueLoss.Squared(value, _batch.Returns);
        var entropy = pi.MeanEntropy();
        _means.Add("policy_loss", policyLoss.Item());
        _means.Add("value_loss", valueLoss.Item());
        _means.Add("entropy", entropy.Item());
        return policyLoss + (float)_config.ValueWeight * valueLoss - (float)_config.EntropyWeight * entropy;
    }
}
