using System.Buffers;
using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Objectives;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Algorithms;

/// <summary>Deep Q-learning that learns quantiles of each action's return instead of its mean.</summary>
/// <remarks>
/// Source: Dabney et al., arXiv:1710.10044, Algorithm 1. Symbols: D replay, theta(s, a) the N quantiles of the return at the midpoints tau, theta- those of the target network, Q their
/// mean, a* the best next action, T theta = r + gamma theta-(s', a*) the target's samples, kappa threshold of the loss, C target period, epsilon exploration, M batch size, w importance weights.
/// Differs from the paper: double, dueling, n-step and prioritised by setting, all off by default but exploration as in <see cref="Dqn"/>; the gradient's norm is limited; illegal actions are
/// never taken nor bootstrapped from, a truncated episode bootstraps from its true last state.
/// </remarks>
public sealed class QrDqn : ILearner, IWarmStart
{
    private const int IterationSteps = 256;                                              // vector steps per iteration, so that figures and checkpoints cost nothing
    private const int WarmPasses = 10;                                                   // over demonstrations, before the first step
    private const float DemonstrationMargin = 0.8f;                                      // arXiv:1704.03732
    private readonly QrDqnConfig _config;
    private readonly QNetwork _online;                                                   // theta
    private readonly QNetwork _target;                                                   // theta-
    private readonly IVectorEnvironment _environment;
    private readonly Adam _optimizer;
    private readonly IReplay _replay;                                                    // D
    private readonly TransitionRecorder _recorder;
    private readonly TransitionBatch _batch;                                             // [M]
    private readonly int[] _repeated;                                                    // a, once for each quantile, [M, N]
    private readonly float[] _targets;                                                   // T theta, [M, N]
    private readonly ActionBatch _actions;
    private readonly EpisodeStatistics _episodes;
    private readonly PhaseClock _clock = new();
    private readonly UpdateMeans _means = new("quantile_loss", "q_value", "gradient_norm", "margin_loss");
    private Randomness _actionRandom;
    private Randomness _shuffleRandom;
    private bool _isWarm;                                                                // began from demonstrations: follow them from the first step

    /// <summary>Makes the networks and begins an episode in every row.</summary>
    /// <param name="config">Valid settings.</param>
    /// <param name="environment">Any number of rows; the learner is its only user.</param>
    /// <param name="seeds">The run's seed tree.</param>
    /// <param name="device">Where the networks are computed; <see langword="null"/> for <see cref="Device.Managed"/>.</param>
    /// <exception cref="UserMistakeException">The action space is not one discrete choice.</exception>
    public QrDqn(QrDqnConfig config, IVectorEnvironment environment, SeedTree seeds, Device? device = null)
    {
        var spec = environment.Spec;
        var initial = seeds.Initialisation.Start();
        _config = config;
        _environment = environment;
        _online = new(spec, config.Hidden, config.Activation, ref initial, device, config.Dueling, config.Quantiles);
        _target = new(spec, config.Hidden, config.Activation, ref initial, device, config.Dueling, config.Quantiles);
        _target.Parameters.BlendFrom(_online.Parameters, 1);
        _optimizer = new(_online.Parameters, config.LearningRate);
        _replay = config.Priority.CreateReplay(config.Capacity, spec);
        _recorder = new(environment, _replay, config.BootstrapSteps, config.Discount);
        _batch = new(config.BatchSize, spec);
        _repeated = new int[config.BatchSize * config.Quantiles];
        _targets = new float[config.BatchSize * config.Quantiles];
        _actions = new(spec.Actions, environment.Rows);
        _episodes = new(environment.Rows);
        _actionRandom = seeds.Actions.Start();
        _shuffleRandom = seeds.Shuffle.Start();
        environment.Reset();
    }

    /// <inheritdoc/>
    public long Steps { get; private set; }

    /// <inheritdoc/>
    public IPolicy Policy => _online;

    /// <inheritdoc/>
    public IReadOnlyList<WeightBlock> Weights => _online.Parameters.Blocks;

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Diagnostics { get; private set; } = [];

    /// <inheritdoc/>
    public MemoryEstimate Memory => new(
        _optimizer.Bytes + 2 * sizeof(float) * (long)_target.Parameters.Values.Length,
        MemoryEstimate.OfStep(() => Weighted(Losses(Chosen(AllQuantiles()))), _online.Parameters),
        _replay.Bytes + _batch.Bytes);

    /// <inheritdoc/>
    public LearnerTiming Timing => _clock.Timing;

    private double Epsilon => _isWarm ? _config.FinalExploration : _config.InitialExploration
        + (_config.FinalExploration - _config.InitialExploration) * Math.Min(1, Steps / (_config.ExplorationShare * _config.Steps));

    /// <inheritdoc/>
    public void Iterate()
    {
        _clock.Start();
        for (var played = 0; played < IterationSteps && (played == 0 || Steps < _config.Steps);)
        {
            for (var i = 0; i < _config.TrainPeriod; i++, played++) Play();
            for (var i = 0; i < _config.UpdatesPerPeriod && (_isWarm || Steps >= _config.LearningStarts); i++) Update();
            _clock.EndLearn();
        }
        Diagnostics =
        [
            new("episode_return", _episodes.MeanReturn), new("episode_length", _episodes.MeanLength), new("episodes", _episodes.Finished),
            new("epsilon", Epsilon), new("learning_rate", _optimizer.LearningRate), .. _means.Take(),
        ];
    }

    /// <inheritdoc/>
    /// <remarks>As <see cref="Dqn.WarmStart"/>, with the margin on the means of the quantiles.</remarks>
    public IReadOnlyList<KeyValuePair<string, double>> WarmStart(Demonstrations shown, SeedTree seeds)
    {
        shown.AddTo(_replay, _config.BootstrapSteps, _config.Discount);
        var updates = Math.Max(1, WarmPasses * shown.Count / _config.BatchSize);
        for (var i = 0; i < updates; i++) Imitate();
        _target.Parameters.BlendFrom(_online.Parameters, 1);
        _isWarm = true;
        return [new("demonstrated_steps", shown.Count), new("imitation_updates", updates), .. _means.Take()];
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write(Steps);
        writer.Write(_isWarm ? 1 : 0);
        writer.Write<float>(_online.Parameters.Values);
        writer.Write<float>(_target.Parameters.Values);
        _optimizer.Save(writer);
        _replay.Save(writer);
        _recorder.Save(writer);
        _environment.Save(writer);
        _episodes.Save(writer);
        _actionRandom.Save(writer);
        _shuffleRandom.Save(writer);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        Steps = reader.ReadLong();
        _isWarm = reader.ReadLong() != 0;
        reader.ReadInto(_online.Parameters.Values);
        reader.ReadInto(_target.Parameters.Values);
        _optimizer.Load(ref reader);
        _replay.Load(ref reader);
        _recorder.Load(ref reader);
        _environment.Load(ref reader);
        _episodes.Load(ref reader);
        _actionRandom.Load(ref reader);
        _shuffleRandom.Load(ref reader);
    }

    private void Play()
    {
        var frames = _environment.Frames;
        _online.Act(frames, PolicyMemory.None, ref _actionRandom, _actions);              // argmax of Q = mean of theta
        EpsilonGreedy.Explore(frames, Epsilon, ref _actionRandom, _actions);
        _recorder.Step(_actions, _episodes, _clock);
        Steps += _environment.Rows;
    }

    private void Update()
    {
        _replay.Sample(_batch, _config.Priority.Importance((double)Steps / _config.Steps), ref _shuffleRandom);
        ComputeTargets();
        if (_config.AnnealLearningRate) _optimizer.LearningRate = _config.LearningRate * Math.Max(0, 1 - (double)Steps / _config.Steps);
        using (Step.Begin(_online.Parameters.Device))
        {
            var chosen = Chosen(AllQuantiles());                                          // [M, N]
            var losses = Losses(chosen);                                                  // [M]
            var update = _optimizer.Descend(Weighted(losses), (float)_config.MaximumGradientNorm);
            _means.Add("quantile_loss", update.Loss);
            _means.Add("q_value", chosen.Mean().Item());
            _means.Add("gradient_norm", update.GradientNorm);
            Reprioritize(losses);
        }
        if (_optimizer.Updates % _config.TargetPeriod == 0) _target.Parameters.BlendFrom(_online.Parameters, 1);
    }

    private void Imitate()
    {
        _replay.Sample(_batch, importance: 0, ref _shuffleRandom);
        ComputeTargets();
        Span<float> margins = new float[_batch.Size * _online.ActionCount];
        margins.Fill(DemonstrationMargin);
        for (var i = 0; i < _batch.Size; i++) margins[i * _online.ActionCount + _batch.ActionIndices[i]] = 0;
        using (Step.Begin(_online.Parameters.Device))
        {
            var quantiles = AllQuantiles();
            var margin = LargeMargin.Mean(quantiles.Mean(-1), Indices.From(_batch.ActionIndices, _batch.Size), Tensor.From(margins, _batch.Size, _online.ActionCount));
            _means.Add("margin_loss", margin.Item());
            _optimizer.Descend(Weighted(Losses(Chosen(quantiles))) + margin, (float)_config.MaximumGradientNorm);
        }
        if (_optimizer.Updates % _config.TargetPeriod == 0) _target.Parameters.BlendFrom(_online.Parameters, 1);
    }

    private Tensor AllQuantiles() => _online.ForwardQuantiles(Tensor.From(_batch.Observations, _batch.Size, _environment.Spec.ObservationSize));   // [M, actions, N]

    private Tensor Chosen(Tensor quantiles)                                               // theta(s, a), [M, N]
    {
        for (var i = 0; i < _batch.Size; i++) _repeated.AsSpan(i * _config.Quantiles, _config.Quantiles).Fill(_batch.ActionIndices[i]);
        return quantiles.Gather(Indices.From(_repeated, _batch.Size, _config.Quantiles), axis: 1);
    }

    private Tensor Losses(Tensor chosen) => QuantileLoss.Huber(chosen, Tensor.From(_targets, _batch.Size, _config.Quantiles), (float)_config.HuberThreshold);

    private Tensor Weighted(Tensor losses) => (Tensor.From(_batch.Weights, _batch.Size) * losses).Mean();

    private void Reprioritize(Tensor losses)
    {
        using var errors = new Scratch(_batch.Size);
        losses.CopyTo(errors.Values);
        _replay.Reprioritize(_batch, errors.Values);
    }

    private void ComputeTargets()                                                         // Q, a*, T theta
    {
        var (actions, count) = (_online.ActionCount, _config.Quantiles);
        using var quantiles = new Scratch(_batch.Size * actions * count);
        using var choosing = new Scratch(_batch.Size * actions);
        using (Step.Begin(_target.Parameters.Device, Gradient.None))
        {
            var next = _target.ForwardQuantiles(Tensor.From(_batch.NextObservations, _batch.Size, _environment.Spec.ObservationSize));
            next.CopyTo(quantiles.Values);
            next.Mean(-1).CopyTo(choosing.Values);
        }
        if (_config.DoubleQ) _online.Values(_batch.NextObservations, choosing.Values);
        for (var i = 0; i < _batch.Size; i++)
        {
            var legal = _batch.NextLegal.Length == 0 ? default : _batch.NextLegal.AsSpan(i * actions, actions);
            var best = QNetwork.Best(choosing.Values.Slice(i * actions, actions), legal);
            for (var j = 0; j < count; j++)
            {
                // A terminated transition has discount 0; its final frame may have no legal action at all.
                _targets[i * count + j] = _batch.Discounts[i] == 0 ? _batch.Rewards[i] : _batch.Rewards[i] + _batch.Discounts[i] * quantiles.Values[(i * actions + best) * count + j];
            }
        }
    }
}
