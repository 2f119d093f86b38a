using System.Buffers;
using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Objectives;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Algorithms;

/// <summary>Proximal policy optimisation with a clipped ratio.</summary>
/// <remarks>
/// Source: arXiv:1707.06347, Algorithm 1; credit: arXiv:1506.02438, eq. 16.
/// Symbols: N rows, T horizon, M minibatch size, K epochs, epsilon clip radius, gamma discount, lambda trace decay, A advantage, V value, R value target.
/// Differs from the paper: advantages are normalised per minibatch, the gradient's norm is limited and the step size falls to zero (as in the authors' code);
/// policy and value share no weights; a truncated episode bootstraps from its true last state.
/// </remarks>
public sealed class Ppo : IRolloutLearner, IWarmStart
{
    private readonly PpoConfig _config;
    private readonly ActorCritic _policy;
    private readonly IVectorEnvironment _environment;
    private readonly Adam _optimizer;
    private readonly Rollout _rollout;                                                   // [T, N]
    private readonly Minibatch _minibatch;                                               // [M]
    private readonly PhaseClock _clock = new();
    private readonly UpdateMeans _means = new("policy_loss", "value_loss", "entropy", "approx_kl", "clip_fraction", "gradient_norm");
    private Randomness _shuffleRandom;

    /// <summary>Makes the networks and begins an episode in every row.</summary>
    /// <param name="config">Valid settings.</param>
    /// <param name="environment">N rows; the learner is its only user.</param>
    /// <param name="seeds">The run's seed tree.</param>
    /// <param name="device">Where the networks are computed; <see langword="null"/> for <see cref="Device.Managed"/>.</param>
    public Ppo(PpoConfig config, IVectorEnvironment environment, SeedTree seeds, Device? device = null)
    {
        _config = config;
        _environment = NormalizedEnvironment.Around(environment, config.NormalizeObservations, config.NormalizeRewards, config.Discount, config.HoldNormalization);
        _policy = new(environment.Spec, config.Hidden, config.Activation, seeds, device, config.InitialDeviation);
        _optimizer = new(_policy.Parameters, config.LearningRate, epsilon: 1e-5);          // the authors' code, not Adam's default
        Policy = NormalizedPolicy.For(_policy.Greedy, environment, _environment);
        _rollout = new(config.Horizon, environment);
        _minibatch = new(_rollout.Count / config.Minibatches, environment.Spec);
        Source = new(_environment, seeds);
        _shuffleRandom = seeds.Shuffle.Start();
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

    /// <summary>What the last iteration learned from, for those who look; the next one overwrites it.</summary>
    public Rollout Experience => _rollout;

    /// <inheritdoc/>
    public IReadOnlyList<WeightBlock> Weights => _policy.Parameters.Blocks;

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Diagnostics { get; private set; } = [];

    /// <inheritdoc/>
    public MemoryEstimate Memory
    {
        get
        {
            var step = MemoryEstimate.OfStep(() => Loss(_minibatch), _policy.Parameters);
            _means.Take();                                                                // the plan's zeros
            return new(_optimizer.Bytes, step, _rollout.Bytes + _minibatch.Bytes);
        }
    }

    /// <inheritdoc/>
    public LearnerTiming Timing => _clock.Timing;

    /// <inheritdoc/>
    public void Iterate()
    {
        _clock.Start();
        if (_config.AnnealLearningRate) _optimizer.LearningRate = _config.LearningRate * Math.Max(0, 1 - (double)Steps / _config.Steps);

        Source.Collect(_policy, _rollout, _clock, new WeightVersion(_optimizer.Updates, _policy.Parameters));  // lines 2-3
        _rollout.ComputeAdvantages(_config.Discount, _config.TraceDecay);                                    // line 4, eq. 11
        Steps += _rollout.Count;

        foreach (var minibatch in _rollout.Minibatches(_config.Epochs, _minibatch, ref _shuffleRandom))      // line 6
        {
            if (_config.NormalizeAdvantages) minibatch.NormalizeAdvantages();
            using var step = Step.Begin(_policy.Parameters.Device);
            var update = _optimizer.Descend(Loss(minibatch), (float)_config.MaximumGradientNorm);
            _means.Add("gradient_norm", update.GradientNorm);
        }
        _clock.EndLearn();
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
        _shuffleRandom.Save(writer);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        Steps = reader.ReadLong();
        reader.ReadInto(_policy.Parameters.Values);
        _optimizer.Load(ref reader);
        Source.Load(ref reader);
        _shuffleRandom.Load(ref reader);
    }

    /// <summary>A worker's side: the networks of a learner with these settings, to play some of its rows.</summary>
    internal static RolloutShard Shard(PpoConfig config, IVectorEnvironment environment)
    {
        var policy = new ActorCritic(environment.Spec, config.Hidden, config.Activation, SeedTree.Root(0), device: null, config.InitialDeviation);
        return new(environment, config.Horizon, policy, [policy.Parameters], memory: null, config.NormalizeObservations);
    }

    private Tensor Loss(Minibatch batch)                                                  // eq. 9, with the sign of a loss
    {
        var (pi, value) = _policy.Forward(batch.Observations, batch.Legal);               // over actions; [M]
        var logRatio = pi.LogProbability(batch.ActionIndices, batch.ActionValues) - batch.LogProbabilities;
        var policyLoss = Surrogate.Clipped(logRatio, batch.Advantages, (float)_config.ClipRadius);   // eq. 7
        var valueLoss = ValueLoss.Squared(value, batch.Returns);
        var entropy = pi.MeanEntropy();
        _means.Add("policy_loss", policyLoss.Item());
        _means.Add("value_loss", valueLoss.Item());
        _means.Add("entropy", entropy.Item());
        _means.Add("approx_kl", Surrogate.ApproximateKl(logRatio).Item());
        _means.Add("clip_fraction", Surrogate.ClipFraction(logRatio, (float)_config.ClipRadius).Item());
        return policyLoss + (float)_config.ValueWeight * valueLoss - (float)_config.EntropyWeight * entropy;
    }
}
