using System.Buffers;
using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Objectives;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Systems.Language.R2vpo;

/// <summary>Ratio-variance regularised policy optimisation for control: PPO's loop, with a bound on the ratio's variance in the place of the clip.</summary>
/// <remarks>
/// Source: arXiv:2601.03320 and arXiv:2605.26784 (abstracts; the dual step is standard primal-dual ascent). Symbols: N rows, T horizon, M minibatch size, K epochs, r ratio, A advantage,
/// V^ mean of (r - 1)^2 over a minibatch, lambda multiplier, delta bound, eta its rate. The objective is the one that sequences have. Credit: arXiv:1506.02438, eq. 16; a truncated episode
/// bootstraps from its true last state.
/// </remarks>
public sealed class R2vpoControl : ILearner
{
    private readonly R2vpoControlConfig _config;
    private readonly ActorCritic _policy;
    private readonly IVectorEnvironment _environment;
    private readonly Adam _optimizer;
    private readonly DualVariable _dual;                                                  // lambda
    private readonly Rollout _rollout;                                                    // [T, N]
    private readonly Minibatch _minibatch;                                                // [M]
    private readonly ActionBatch _actions;                                                // [N]
    private readonly EpisodeStatistics _episodes;
    private readonly PhaseClock _clock = new();
    private readonly UpdateMeans _means = new("policy_loss", "value_loss", "entropy", "approx_kl", "clip_fraction", "ratio_variance", "multiplier", "gradient_norm");
    private Randomness _actionRandom;
    private Randomness _shuffleRandom;

    /// <summary>Makes the networks and begins an episode in every row.</summary>
    /// <param name="config">Valid settings.</param>
    /// <param name="environment">N rows; the learner is its only user.</param>
    /// <param name="seeds">The run's seed tree.</param>
    /// <param name="device">Where the networks are computed; <see langword="null"/> for <see cref="Device.Managed"/>.</param>
    public R2vpoControl(R2vpoControlConfig config, IVectorEnvironment environment, SeedTree seeds, Device? device = null)
    {
        (_config, _environment) = (config, environment);
        _policy = new(environment.Spec, config.Hidden, config.Activation, seeds, device, config.InitialDeviation);
        _optimizer = new(_policy.Parameters, config.LearningRate, epsilon: 1e-5);          // as PPO has it
        _dual = config.Constraint.MakeDual();
        _rollout = new(config.Horizon, environment);
        _minibatch = new(_rollout.Count / config.Minibatches, environment.Spec);
        _actions = new(environment.Spec.Actions, environment.Rows);
        _episodes = new(environment.Rows);
        _actionRandom = seeds.Actions.Start();
        _shuffleRandom = seeds.Shuffle.Start();
        _environment.Reset();
    }

    /// <inheritdoc/>
    public long Steps { get; private set; }

    /// <inheritdoc/>
    public IPolicy Policy => _policy.Greedy;

    /// <summary>lambda.</summary>
    public double Multiplier => _dual.Value;

    /// <inheritdoc/>
    public IReadOnlyList<WeightBlock> Weights => _policy.Parameters.Blocks;

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Diagnostics { get; private set; } = [];

    /// <inheritdoc/>
    public MemoryEstimate Memory
    {
        get
        {
            var step = MemoryEstimate.OfStep(() => Loss(_minibatch).Loss, _policy.Parameters);
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
        Sampler.Collect(_policy, _environment, ref _actionRandom, _actions, _rollout, _episodes, _clock);   // N T steps with pi_b
        _rollout.ComputeAdvantages(_config.Discount, _config.TraceDecay);
        Steps += _rollout.Count;

        foreach (var minibatch in _rollout.Minibatches(_config.Epochs, _minibatch, ref _shuffleRandom))
        {
            minibatch.NormalizeAdvantages();
            using var step = Step.Begin(_policy.Parameters.Device);
            var (loss, variance) = Loss(minibatch);
            var update = _optimizer.Descend(loss, (float)_config.MaximumGradientNorm);    // ascend r A - lambda (r - 1)^2
            _means.Add("multiplier", _dual.Ascend(variance));                              // lambda <- max(0, lambda + eta (V^ - delta))
            _means.Add("gradient_norm", update.GradientNorm);
        }
        _clock.EndLearn();
        Diagnostics =
        [
            new("episode_return", _episodes.MeanReturn), new("episode_length", _episodes.MeanLength), new("episodes", _episodes.Finished),
            new("learning_rate", _optimizer.LearningRate), new("explained_variance", _rollout.ExplainedVariance()), .. _means.Take(),
        ];
    }

    private (Tensor Loss, double Variance) Loss(Minibatch batch)
    {
        var (pi, value) = _policy.Forward(batch.Observations, batch.Legal);               // over actions; [M]
        var logRatio = pi.LogProbability(batch.ActionIndices, batch.ActionValues) - batch.LogProbabilities;
        var ratio = RatioVariance.Ratio(logRatio);                                        // r
        var variance = RatioVariance.SquaredDeviation(ratio).Mean().Item();               // V^
        var policyLoss = RatioVariance.Lagrangian(ratio, batch.Advantages, (float)_dual.Value).Mean();
        var valueLoss = ValueLoss.Squared(value, batch.Returns);
        var entropy = pi.MeanEntropy();
        _means.Add("policy_loss", policyLoss.Item());
        _means.Add("value_loss", valueLoss.Item());
        _means.Add("entropy", entropy.Item());
        _means.Add("approx_kl", Surrogate.ApproximateKl(logRatio).Item());
        _means.Add("clip_fraction", Surrogate.ClipFraction(logRatio, (float)Math.Sqrt(_config.Constraint.Bound)).Item());
        _means.Add("ratio_variance", variance);
        return (policyLoss + (float)_config.ValueWeight * valueLoss - (float)_config.EntropyWeight * entropy, variance);
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write(Steps);
        writer.Write<float>(_policy.Parameters.Values);
        _optimizer.Save(writer);
        _dual.Save(writer);
        _environment.Save(writer);
        _episodes.Save(writer);
        _actionRandom.Save(writer);
        _shuffleRandom.Save(writer);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        Steps = reader.ReadLong();
        reader.ReadInto(_policy.Parameters.Values);
        _optimizer.Load(ref reader);
        _dual.Load(ref reader);
        _environment.Load(ref reader);
        _episodes.Load(ref reader);
        _actionRandom.Load(ref reader);
        _shuffleRandom.Load(ref reader);
    }
}
