using System.Buffers;
using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Objectives;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Algorithms;

/// <summary>Deep Q-learning with experience replay and a target network; double, dueling, prioritised and n-step by setting.</summary>
/// <remarks>
/// Source: Mnih et al., Nature 518 (2015), Algorithm 1; double estimate: arXiv:1509.06461, eq. 4; dueling: arXiv:1511.06581, eq. 9; priorities: arXiv:1511.05952, Algorithm 1;
/// n-step: arXiv:1602.01783, section 4.
/// Symbols: D replay, theta weights, theta- target weights, C target period, epsilon exploration, y target, n bootstrap steps, M batch size, w importance weights, beta their exponent.
/// Differs from the paper: Adam instead of RMSProp, Huber loss instead of a clipped error (the same gradient), rewards are not clipped,
/// illegal actions are never taken nor bootstrapped from, a truncated episode bootstraps from its true last state; play and updates may overlap, see <see cref="DqnConfig.Overlap"/>.
/// </remarks>
public sealed class Dqn : ILearner, IWarmStart
{
    private const int IterationSteps = 256;                                              // vector steps per iteration, so that figures and checkpoints cost nothing
    private const int WarmPasses = 10;                                                   // over demonstrations, before the first step
    private const float DemonstrationMargin = 0.8f;                                      // arXiv:1704.03732
    private readonly DqnConfig _config;
    private readonly QNetwork _online;                                                   // theta
    private readonly QNetwork _acting;                                                   // theta; overlapped, as it was a burst of updates ago
    private readonly QNetwork _target;                                                   // theta-
    private readonly IVectorEnvironment _environment;
    private readonly Adam _optimizer;
    private readonly IReplay _replay;                                                    // D
    private readonly TransitionRecorder _recorder;
    private readonly TransitionBatch _batch;                                             // [M]
    private readonly float[] _targets;                                                   // y, [M]
    private readonly ActionBatch _actions;                                               // [N]
    private readonly EpisodeStatistics _episodes;
    private readonly PlayAndLearn _rounds;
    private readonly UpdateMeans _means = new("td_loss", "q_value", "gradient_norm", "margin_loss");
    private Randomness _actionRandom;
    private Randomness _shuffleRandom;
    private bool _isWarm;                                                                // began from demonstrations: follow them from the first step

    /// <summary>Makes the networks and begins an episode in every row.</summary>
    /// <param name="config">Valid settings.</param>
    /// <param name="environment">N rows; the learner is its only user.</param>
    /// <param name="seeds">The run's seed tree.</param>
    /// <param name="device">Where the networks are computed; <see langword="null"/> for <see cref="Device.Managed"/>.</param>
    /// <exception cref="UserMistakeException">The action space is not one discrete choice.</exception>
    public Dqn(DqnConfig config, IVectorEnvironment environment, SeedTree seeds, Device? device = null)
    {
        var spec = environment.Spec;
        var initial = seeds.Initialisation.Start();
        _config = config;
        _environment = environment;
        _online = new(spec, config.Hidden, config.Activation, ref initial, device, config.Dueling);
        _target = new(spec, config.Hidden, config.Activation, ref initial, device, config.Dueling);
        _target.Parameters.BlendFrom(_online.Parameters, 1);
        _acting = config.Overlap ? new(spec, config.Hidden, config.Activation, ref initial, device, config.Dueling) : _online;
        _optimizer = new(_online.Parameters, config.LearningRate);
        _replay = config.Priority.CreateReplay(config.Capacity, spec);
        _rounds = new(config.Overlap, _replay, spec, _acting.Parameters, _online.Parameters, Play, Learn);
        _recorder = new(environment, _rounds.Played, config.BootstrapSteps, config.Discount);
        _batch = new(config.BatchSize, spec);
        _targets = new float[config.BatchSize];
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
        MemoryEstimate.OfStep(() => Loss(ChosenValues()), _online.Parameters),
        _replay.Bytes + _batch.Bytes + _rounds.Bytes);

    /// <inheritdoc/>
    public LearnerTiming Timing => _rounds.Timing;

    private double Epsilon => _isWarm ? _config.FinalExploration : _config.InitialExploration
        + (_config.FinalExploration - _config.InitialExploration) * Math.Min(1, Steps / (_config.ExplorationShare * _config.Steps));

    /// <inheritdoc/>
    public void Iterate()
    {
        for (var played = 0; played < IterationSteps && (played == 0 || Steps < _config.Steps); played += _config.TrainPeriod) _rounds.Run(Steps);
        Diagnostics =
        [
            new("episode_return", _episodes.MeanReturn), new("episode_length", _episodes.MeanLength), new("episodes", _episodes.Finished),
            new("epsilon", Epsilon), new("learning_rate", _optimizer.LearningRate), .. _means.Take(),
        ];
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Fills the replay, then learns from it alone with a margin for what was done: Hester et al., arXiv:1704.03732, without keeping the demonstrations apart. Exploration
    /// begins where it otherwise ends, or what was shown would not be followed.
    /// </remarks>
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

    private long Play()                                                                   // lines 6-9
    {
        for (var i = 0; i < _config.TrainPeriod; i++)
        {
            var frames = _environment.Frames;
            _acting.Act(frames, PolicyMemory.None, ref _actionRandom, _actions);
            EpsilonGreedy.Explore(frames, Epsilon, ref _actionRandom, _actions);
            _recorder.Step(_actions, _episodes, _rounds.PlayClock);
            Steps += _environment.Rows;
        }
        return Steps;
    }

    private void Learn(long steps)
    {
        for (var i = 0; i < _config.UpdatesPerPeriod && (_isWarm || steps >= _config.LearningStarts); i++) Update((double)steps / _config.Steps);
    }

    private void Update(double progress)                                                  // lines 10-13
    {
        _replay.Sample(_batch, _config.Priority.Importance(progress), ref _shuffleRandom);
        ComputeTargets();
        if (_config.AnnealLearningRate) _optimizer.LearningRate = _config.LearningRate * Math.Max(0, 1 - progress);
        using (Step.Begin(_online.Parameters.Device))
        {
            var chosen = ChosenValues();                                                  // [M]
            var update = _optimizer.Descend(Loss(chosen), (float)_config.MaximumGradientNorm);
            _means.Add("td_loss", update.Loss);
            _means.Add("q_value", chosen.Mean().Item());
            _means.Add("gradient_norm", update.GradientNorm);
            Reprioritize(chosen);
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
            var values = _online.Forward(Tensor.From(_batch.Observations, _batch.Size, _environment.Spec.ObservationSize));
            var shown = Indices.From(_batch.ActionIndices, _batch.Size);
            var margin = LargeMargin.Mean(values, shown, Tensor.From(margins, _batch.Size, _online.ActionCount));
            _means.Add("margin_loss", margin.Item());
            _optimizer.Descend(Loss(values.Gather(shown)) + margin, (float)_config.MaximumGradientNorm);
        }
        if (_optimizer.Updates % _config.TargetPeriod == 0) _target.Parameters.BlendFrom(_online.Parameters, 1);
    }

    private Tensor ChosenValues() =>
        _online.Forward(Tensor.From(_batch.Observations, _batch.Size, _environment.Spec.ObservationSize)).Gather(Indices.From(_batch.ActionIndices, _batch.Size));

    private Tensor Loss(Tensor chosen) => ValueLoss.WeightedHuber(chosen, Tensor.From(_targets, _batch.Size), Tensor.From(_batch.Weights, _batch.Size));

    private void Reprioritize(Tensor chosen)                                              // with the errors before the update, as the paper has it
    {
        using var errors = new Scratch(_batch.Size);
        (Tensor.From(_targets, _batch.Size) - chosen).CopyTo(errors.Values);
        _replay.Reprioritize(_batch, errors.Values);
    }

    private void ComputeTargets()                                                         // line 11; with DoubleQ eq. 4 of the second source
    {
        var count = _online.ActionCount;
        using var valued = new Scratch(_batch.Size * count);
        using var choosing = new Scratch(_batch.Size * count);
        _target.Values(_batch.NextObservations, valued.Values);
        if (_config.DoubleQ) _online.Values(_batch.NextObservations, choosing.Values);
        else valued.Values.CopyTo(choosing.Values);
        for (var i = 0; i < _batch.Size; i++)
        {
            var legal = _batch.NextLegal.Length == 0 ? default : _batch.NextLegal.AsSpan(i * count, count);
            var best = QNetwork.Best(choosing.Values.Slice(i * count, count), legal);
            // A terminated transition has discount 0; its final frame may have no legal action at all.
            _targets[i] = _batch.Discounts[i] == 0 ? _batch.Rewards[i] : _batch.Rewards[i] + _batch.Discounts[i] * valued.Values[i * count + best];
        }
    }
}
