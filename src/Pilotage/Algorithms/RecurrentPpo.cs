using System.Buffers;
using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Objectives;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Algorithms;

/// <summary>Proximal policy optimisation with a memory: for problems whose observation does not tell the state.</summary>
/// <remarks>
/// Source: arXiv:1707.06347, Algorithm 1; memories trained by backpropagation through the rollout, from the states that it began with: arXiv:1507.06527, section 4.2
/// ("bootstrapped sequential updates"); the unit: arXiv:1406.1078.
/// Symbols: N rows, T horizon, M rows of a minibatch, K epochs, h memory, epsilon clip radius, gamma discount, lambda trace decay, A advantage, V value, R value target.
/// Differs from the sources: as <see cref="Ppo"/> does; minibatches are whole rows of a rollout, in order of time; the memory is cut where an episode begins; the memories that
/// began the rollout are those of the policy that acted and are not computed again after an update; a truncated episode bootstraps from its true last state with the
/// memory of that episode.
/// </remarks>
public sealed class RecurrentPpo : IRolloutLearner
{
    private readonly RecurrentPpoConfig _config;
    private readonly RecurrentActorCritic _policy;
    private readonly IVectorEnvironment _environment;
    private readonly Adam _optimizer;
    private readonly RecurrentMemory _memory;                                            // h of each row, now
    private readonly RecurrentMemory _start;                                             // h where the rollout began
    private readonly RecurrentActor _actor;
    private readonly Rollout _rollout;                                                   // [T, N]
    private readonly Minibatch _minibatch;                                               // [T, M]
    private readonly int[] _rowOrder;                                                    // [N]
    private readonly int[] _steps;                                                       // places of a minibatch's steps in the rollout, [T, M]
    private readonly bool[] _begins;                                                     // where a minibatch's episodes begin, [T, M]
    private readonly float[] _actorStart;                                                // [M, units]
    private readonly float[] _criticStart;                                               // [M, units]
    private readonly PhaseClock _clock = new();
    private readonly UpdateMeans _means = new("policy_loss", "value_loss", "entropy", "approx_kl", "clip_fraction", "gradient_norm");
    private Randomness _shuffleRandom;

    /// <summary>Makes the networks and begins an episode in every row.</summary>
    /// <param name="config">Valid settings.</param>
    /// <param name="environment">N rows; the learner is its only user.</param>
    /// <param name="seeds">The run's seed tree.</param>
    /// <param name="device">Where the networks are computed; <see langword="null"/> for <see cref="Device.Managed"/>.</param>
    public RecurrentPpo(RecurrentPpoConfig config, IVectorEnvironment environment, SeedTree seeds, Device? device = null)
    {
        _config = config;
        _environment = NormalizedEnvironment.Around(environment, config.NormalizeObservations, config.NormalizeRewards, config.Discount, config.HoldNormalization);
        _policy = new(environment.Spec, config.MemoryUnits, config.Hidden, config.Activation, seeds, device, config.InitialDeviation);
        _optimizer = new(_policy.Parameters, config.LearningRate, epsilon: 1e-5);          // the authors' code, not Adam's default
        Policy = NormalizedPolicy.For(_policy.Greedy, environment, _environment);
        _memory = new(environment.Rows, config.MemoryUnits, hasCritic: true);
        _start = new(environment.Rows, config.MemoryUnits, hasCritic: true);
        _actor = new(_policy, _memory);
        _rollout = new(config.Horizon, environment);
        var rows = environment.Rows / config.Minibatches;
        _minibatch = new(config.Horizon * rows, environment.Spec);
        _rowOrder = new int[environment.Rows];
        _steps = new int[config.Horizon * rows];
        _begins = new bool[config.Horizon * rows];
        _actorStart = new float[rows * config.MemoryUnits];
        _criticStart = new float[rows * config.MemoryUnits];
        Source = new(_environment, seeds, _memory);
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
    public RecurrentActorCritic Networks => _policy;

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
            return new(_optimizer.Bytes, step, _rollout.Bytes + _minibatch.Bytes + 4L * sizeof(float) * _memory.Actor.Length);
        }
    }

    /// <inheritdoc/>
    public LearnerTiming Timing => _clock.Timing;

    /// <inheritdoc/>
    public void Iterate()
    {
        _clock.Start();
        if (_config.AnnealLearningRate) _optimizer.LearningRate = _config.LearningRate * Math.Max(0, 1 - (double)Steps / _config.Steps);

        _memory.Actor.CopyTo(_start.Actor, 0);
        _memory.Critic.CopyTo(_start.Critic, 0);
        Source.Collect(_actor, _rollout, _clock, new WeightVersion(_optimizer.Updates, _policy.Parameters));    // lines 2-3
        _rollout.ComputeAdvantages(_config.Discount, _config.TraceDecay);                                     // line 4, eq. 11
        Steps += _rollout.Count;

        for (var row = 0; row < _rowOrder.Length; row++) _rowOrder[row] = row;
        for (var epoch = 0; epoch < _config.Epochs; epoch++)                                                  // line 6
        {
            _shuffleRandom.Shuffle(_rowOrder.AsSpan());
            for (var first = 0; first < _rowOrder.Length; first += _rowOrder.Length / _config.Minibatches)
            {
                Take(_rowOrder.AsSpan(first, _rowOrder.Length / _config.Minibatches));
                if (_config.NormalizeAdvantages) _minibatch.NormalizeAdvantages();
                using var step = Step.Begin(_policy.Parameters.Device);
                var update = _optimizer.Descend(Loss(_minibatch), (float)_config.MaximumGradientNorm);
                _means.Add("gradient_norm", update.GradientNorm);
            }
        }
        _clock.EndLearn();
        Diagnostics =
        [
            new("episode_return", Source.Episodes.MeanReturn), new("episode_length", Source.Episodes.MeanLength), new("episodes", Source.Episodes.Finished),
            new("learning_rate", _optimizer.LearningRate), new("explained_variance", _rollout.ExplainedVariance()), .. _means.Take(),
        ];
    }

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
    internal static RolloutShard Shard(RecurrentPpoConfig config, IVectorEnvironment environment)
    {
        var policy = new RecurrentActorCritic(environment.Spec, config.MemoryUnits, config.Hidden, config.Activation, SeedTree.Root(0), device: null, config.InitialDeviation);
        var memory = new RecurrentMemory(environment.Rows, config.MemoryUnits, hasCritic: true);
        return new(environment, config.Horizon, new RecurrentActor(policy, memory), [policy.Parameters], memory, config.NormalizeObservations);
    }

    /// <summary>Takes whole rows: steps in order of time, the memories that they began with, and where episodes begin.</summary>
    private void Take(ReadOnlySpan<int> rows)
    {
        var (all, units) = (_rollout.Rows, _policy.Units);
        for (var t = 0; t < _rollout.Horizon; t++)
            for (var i = 0; i < rows.Length; i++)
            {
                var place = t * all + rows[i];
                _steps[t * rows.Length + i] = place;
                _begins[t * rows.Length + i] = t > 0 && _rollout.Ends[place - all] != End.Running;            // at t = 0 the memory itself is at its beginning
            }
        for (var i = 0; i < rows.Length; i++)
        {
            _start.Actor.AsSpan(rows[i] * units, units).CopyTo(_actorStart.AsSpan(i * units));
            _start.Critic.AsSpan(rows[i] * units, units).CopyTo(_criticStart.AsSpan(i * units));
        }
        _minibatch.Fill(_rollout, _steps);
    }

    private Tensor Loss(Minibatch batch)                                                  // eq. 9, with the sign of a loss
    {
        var rows = batch.Size / _config.Horizon;
        var (pi, value) = _policy.Forward(                                                // over actions; [T M]
            batch.Observations.Reshape(_config.Horizon, rows, _policy.Spec.ObservationSize),
            Tensor.From(_actorStart, rows, _policy.Units), Tensor.From(_criticStart, rows, _policy.Units), _begins, batch.Legal);
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
