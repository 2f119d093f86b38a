using System.Buffers;
using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Networks;
using Pilotage.Objectives;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Systems.Control.Bpo;

/// <summary>Bounded policy optimisation: each action's probability moves to the end of a band around the old one, up or down by the sign of its return around the median.</summary>
/// <remarks>
/// Source: Bounded Ratio Reinforcement Learning, arXiv:2604.18578, theorem 4.1 and section 4; order and constants of the authors' released code.
/// Symbols: N rows, T horizon, M minibatch size, K epochs, epsilon_l and epsilon_h radii of the band, lambda temperature, R value target (advantage plus value of the rollout), V value,
/// u median of R, A advantage, rho ratio, g smoothed median loss.
/// Differs from the paper: u is the centre of R over states that look alike, not of Q over the actions of one state, as in the released code; scores are held to ±50;
/// with <see cref="MedianScale.Temperature"/> the median's loss is multiplied by lambda, which keeps the size of its gradient; a band that is not symmetric takes the quantile that
/// normalises it in place of the median; a truncated episode bootstraps from its true last state.
/// </remarks>
public sealed class Bpo : ILearner
{
    private readonly BpoConfig _config;
    private readonly ActorCritic _policy;
    private readonly Mlp? _median;                                                        // on the critic's last hidden layer
    private readonly IVectorEnvironment _environment;
    private readonly Adam _optimizer;
    private readonly Rollout _rollout;                                                    // [T, N]
    private readonly Minibatch _minibatch;                                                // [M]
    private readonly ActionBatch _actions;                                                // [N]
    private readonly EpisodeStatistics _episodes;
    private readonly PhaseClock _clock = new();
    private readonly UpdateMeans _means = new("policy_loss", "value_loss", "median_loss", "entropy", "approx_kl", "clip_fraction", "advantage_scale", "gradient_norm");
    private Randomness _actionRandom;
    private Randomness _shuffleRandom;

    /// <summary>Makes the networks and begins an episode in every row.</summary>
    /// <param name="config">Valid settings.</param>
    /// <param name="environment">N rows; the learner is its only user.</param>
    /// <param name="seeds">The run's seed tree.</param>
    /// <param name="device">Where the networks are computed; <see langword="null"/> for <see cref="Device.Managed"/>.</param>
    public Bpo(BpoConfig config, IVectorEnvironment environment, SeedTree seeds, Device? device = null)
    {
        _config = config;
        var spec = environment.Spec;
        var normalizer = config.NormalizeObservations ? new ObservationNormalizer(spec.ObservationSize) : null;
        var scaler = config.NormalizeRewards ? new RewardScaler(environment.Rows, config.Discount) : null;
        _environment = normalizer is null && scaler is null ? environment : new NormalizedEnvironment(environment, normalizer, scaler);
        _policy = new(spec, config.Hidden, config.Activation, seeds, device, config.InitialDeviation);
        if (config.UseMedian)
        {
            var random = seeds.Initialisation.Branch("median").Start();                   // a branch of its own: the other networks begin as PPO's do
            _median = new(_policy.Parameters, "median", config.Hidden[^1], config.Hidden, 1, config.Activation, 1, ref random);
        }
        _optimizer = new(_policy.Parameters, config.LearningRate, epsilon: 1e-5);          // the released code, not Adam's default
        Policy = normalizer is null ? _policy.Greedy : new NormalizedPolicy(_policy.Greedy, normalizer);
        _rollout = new(config.Horizon, environment);
        _minibatch = new(_rollout.Count / config.Minibatches, spec);
        _actions = new(spec.Actions, environment.Rows);
        _episodes = new(environment.Rows);
        _actionRandom = seeds.Actions.Start();
        _shuffleRandom = seeds.Shuffle.Start();
        _environment.Reset();
    }

    /// <inheritdoc/>
    public long Steps { get; private set; }

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

        Sampler.Collect(_policy, _environment, ref _actionRandom, _actions, _rollout, _episodes, _clock);   // N T steps with pi0
        _rollout.ComputeAdvantages(_config.Discount, _config.TraceDecay);                                    // R = A + V
        Steps += _rollout.Count;

        foreach (var minibatch in _rollout.Minibatches(_config.Epochs, _minibatch, ref _shuffleRandom))
        {
            using var step = Step.Begin(_policy.Parameters.Device);
            var update = _optimizer.Descend(Loss(minibatch), (float)_config.MaximumGradientNorm);
            _means.Add("gradient_norm", update.GradientNorm);
        }
        _clock.EndLearn();
        Diagnostics =
        [
            new("episode_return", _episodes.MeanReturn), new("episode_length", _episodes.MeanLength), new("episodes", _episodes.Finished),
            new("learning_rate", _optimizer.LearningRate), new("explained_variance", _rollout.ExplainedVariance()), .. _means.Take(),
        ];
    }

    private Tensor Loss(Minibatch batch)
    {
        var (pi, value, latent) = _policy.ForwardWithLatent(batch.Observations, batch.Legal);                // over actions; [M]; [M, width]
        var logRatio = pi.LogProbability(batch.ActionIndices, batch.ActionValues) - batch.LogProbabilities;
        var ratio = logRatio.Exp();                                                                          // rho
        var centre = Centre(value, latent);                                                                  // u, or V
        var target = TargetRatio(batch.Returns - centre.Detach());                                           // theorem 4.1
        var advantage = _config.Advantage == AdvantageSource.Online ? batch.Returns - value.Detach() : batch.Advantages;
        var policyLoss = (_config.Loss switch
        {
            RatioLoss.Atv => BoundedRatio.WeightedVariation(ratio, target, advantage),
            RatioLoss.Tv => BoundedRatio.Variation(ratio, target),
            _ => BoundedRatio.Divergence(logRatio, target),
        }).Mean();                                                                                           // L_pi
        var valueLoss = ValueLoss.Squared(value, batch.Returns);                                             // L_V / 2
        var entropy = pi.MeanEntropy();
        var loss = policyLoss + (float)_config.ValueWeight * valueLoss - (float)_config.EntropyWeight * entropy;
        if (_median is not null)
        {
            var medianLoss = MedianLoss(batch.Returns - centre);                                             // L_u
            _means.Add("median_loss", medianLoss.Item());
            loss += (float)_config.MedianWeight * medianLoss;
        }
        _means.Add("policy_loss", policyLoss.Item());
        _means.Add("value_loss", valueLoss.Item());
        _means.Add("entropy", entropy.Item());
        _means.Add("approx_kl", Surrogate.ApproximateKl(logRatio).Item());
        _means.Add("clip_fraction", BoundedRatio.OutsideShare(ratio, (float)_config.LowerRadius, (float)_config.UpperRadius).Item());
        _means.Add("advantage_scale", advantage.Abs().Mean().Item());
        return loss;
    }

    private Tensor Centre(Tensor value, Tensor latent) => _median is null ? value : _median.Forward(latent).Reshape(-1);

    private Tensor TargetRatio(Tensor distance) =>
        BoundedRatio.Target(distance * (float)(1 / _config.Temperature), (float)_config.LowerRadius, (float)_config.UpperRadius);

    private Tensor MedianLoss(Tensor error)
    {
        var width = _config.MedianScale == MedianScale.One ? 1 : (float)_config.Temperature;
        return BoundedRatio.Centre(error / width, _config.UpperShare).Mean() * width;
    }

    /// <summary>The target of each step of <see cref="Experience"/> under the networks as they are now; for those who look.</summary>
    /// <param name="targets">Receives the target ratios, [T, N].</param>
    public void TargetRatios(Span<float> targets)
    {
        using var step = Step.Begin(_policy.Parameters.Device, Gradient.None);
        var observations = Tensor.From(_rollout.Observations, _rollout.Count, _rollout.Spec.ObservationSize);
        var (_, value, latent) = _policy.ForwardWithLatent(observations, _rollout.Legal.Length == 0 ? default : Mask.From(_rollout.Legal, _rollout.Count, _rollout.Spec.Actions.LegalCount));
        TargetRatio(Tensor.From(_rollout.Returns, _rollout.Count) - Centre(value, latent)).CopyTo(targets);
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write(Steps);
        writer.Write<float>(_policy.Parameters.Values);
        _optimizer.Save(writer);
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
        _environment.Load(ref reader);
        _episodes.Load(ref reader);
        _actionRandom.Load(ref reader);
        _shuffleRandom.Load(ref reader);
    }
}
