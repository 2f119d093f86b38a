using System.Buffers;
using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Systems.Control.Symphony;

/// <summary>Symphony: off-policy control with gentle actions. One object of actor and critics, one loss, one optimiser; bounded noise, a learned and swaddled scale of actions, a replay that fades.</summary>
/// <remarks>
/// Source: arXiv:2512.10477 and its authors' code, from which every constant is. Symbols: M batch size, n values of the critics, G updates a step, q' value of the next state under the online
/// actor and the target critics, y target, EMA moving average of q', alpha its memory, S scale and B second strength of actions, N noise, tau target rate, gamma discount.
/// Differs from the code: actions are scaled to the box (there a_max = 1 for every task); an episode's silent end is a share of its time limit; the moving average is kept 1e-6 away from 0
/// where it divides; and what <see cref="FadingReplay"/> says of the replay.
/// </remarks>
public sealed class SymphonyLearner : ILearner
{
    private const int IterationSteps = 256;                                               // vector steps per iteration, so that figures and checkpoints cost nothing
    private readonly SymphonyConfig _config;
    private readonly IVectorEnvironment _environment;
    private readonly SymphonyNets _online;
    private readonly SymphonyNets _target;                                                // its actor is never asked
    private readonly SymphonyAdam _optimizer;
    private readonly FadingReplay _replay;
    private readonly TransitionRecorder _recorder;
    private readonly TransitionBatch _batch;                                              // [M]
    private readonly ActionBatch _actions;                                                // [rows]
    private readonly float[] _actNoise;                                                   // N while playing, [rows, dimensions]
    private readonly float[] _drive;                                                      // 1 where the actor acts, [rows]
    private readonly float[] _noise;                                                      // N of next actions, [M, dimensions]
    private readonly float[] _unitActions;                                                // a in [-1, 1], [M, dimensions]
    private readonly bool[] _keptOutputs;                                                 // of the actor, [M, 3 dimensions]
    private readonly bool[] _keptNext;                                                    // of the target critics, [M, n]
    private readonly bool[] _keptValues;                                                  // of the online critics, [M, n]
    private readonly EpisodeStatistics _episodes;
    private readonly EpisodeLog _log;
    private readonly PhaseClock _clock = new();
    private readonly UpdateMeans _means = new("loss", "q_value", "scale", "beta", "advantage", "gradient_norm");
    private Randomness _actionRandom;
    private Randomness _updateRandom;
    private float _average;                                                               // EMA
    private float _scale;                                                                 // mean S of the last update
    private bool _isLearning;

    /// <summary>Makes the networks and begins an episode in every row.</summary>
    /// <param name="config">Valid settings.</param>
    /// <param name="environment">Usually one row; the learner is its only user.</param>
    /// <param name="seeds">The run's seed tree.</param>
    /// <param name="device">Where the networks are computed; <see langword="null"/> for <see cref="Device.Managed"/>.</param>
    /// <exception cref="UserMistakeException">The action space is not a box, or the settings do not go together.</exception>
    public SymphonyLearner(SymphonyConfig config, IVectorEnvironment environment, SeedTree seeds, Device? device = null)
    {
        UserMistakeException.ThrowIfAny([.. config.Problems()]);
        var spec = environment.Spec;
        var initial = seeds.Initialisation.Start();
        (_config, _environment) = (config, environment);
        _online = new(spec, config.Hidden, ref initial, device);
        _target = new(spec, config.Hidden, ref initial, device);
        _target.Parameters.BlendFrom(_online.Parameters, 1);
        _optimizer = new(_online.Parameters, config.StepSize);
        _replay = new((int)config.Capacity, spec, config.Fading);
        _recorder = new(environment, _replay, bootstrapSteps: 1, config.Discount);
        _batch = new(config.Batch, spec);
        _actions = new(spec.Actions, environment.Rows);
        var dimensions = _online.Actor.Dimensions;
        (_actNoise, _drive) = (new float[environment.Rows * dimensions], new float[environment.Rows]);
        (_noise, _unitActions) = (new float[config.Batch * dimensions], new float[config.Batch * dimensions]);
        var kept = config.DropsGradients ? config.Batch : 0;
        (_keptOutputs, _keptNext, _keptValues) = (new bool[kept * 3 * dimensions], new bool[kept * _online.ValueCount], new bool[kept * _online.ValueCount]);
        (_episodes, _log) = (new(environment.Rows), new(environment.Rows));
        (_actionRandom, _updateRandom) = (seeds.Actions.Start(), seeds.Shuffle.Start());
        environment.Reset();
    }

    /// <inheritdoc/>
    public long Steps { get; private set; }

    /// <inheritdoc/>
    public IPolicy Policy => _online.Actor.Greedy;

    /// <inheritdoc/>
    public IReadOnlyList<WeightBlock> Weights => _online.Parameters.Blocks;

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Diagnostics { get; private set; } = [];

    /// <inheritdoc/>
    public MemoryEstimate Memory => new(
        _optimizer.Bytes + 2 * sizeof(float) * (long)_target.Parameters.Values.Length, MemoryEstimate.OfStep(() => Loss().Loss, _online.Parameters), _replay.Bytes + _batch.Bytes);

    /// <inheritdoc/>
    public LearnerTiming Timing => _clock.Timing;

    /// <summary>Every episode played so far.</summary>
    internal IReadOnlyList<PlayedEpisode> Episodes => _log.Played;

    internal EnvironmentSpec Spec => _environment.Spec;

    internal FadingReplay Replay => _replay;

    internal float Average => _average;

    /// <inheritdoc/>
    /// <exception cref="UserMistakeException">Exploration ended without a reward (PIL1401).</exception>
    public void Iterate()
    {
        _clock.Start();
        for (var played = 0; played < IterationSteps && (played == 0 || Steps < _config.Steps); played++)
        {
            if (!_isLearning && Steps >= _config.Exploration) BeginLearning();
            Play();
            for (var i = 0; _isLearning && i < _config.Updates * _environment.Rows; i++) Update();
            _clock.EndLearn();
        }
        Diagnostics = [new("episode_return", _episodes.MeanReturn), new("episode_length", _episodes.MeanLength), new("episodes", _episodes.Finished), .. _means.Take()];
    }

    private void BeginLearning()
    {
        if (_config.NormFill) _replay.Fill(_config.Copies);
        _isLearning = true;
    }

    private void Play()
    {
        Draw(_actNoise, ref _actionRandom);
        var silentFrom = _isLearning && _environment.Spec.TimeLimit is { } limit ? limit - (long)Math.Round(_config.SilentShare * limit) : long.MaxValue;
        for (var row = 0; row < _drive.Length; row++) _drive[row] = _log.LengthOf(row) < silentFrom ? 1 : 0;
        _online.Actor.Act(_environment.Frames, _actNoise, _drive, _actions.Values);        // a = tanh(S A + N)
        var transition = _recorder.Step(_actions, _episodes, _clock);
        Steps += _environment.Rows;
        _log.Add(transition.Rewards, transition.Ends, Steps, _scale);
    }

    private void Update()
    {
        _replay.Sample(_batch, importance: 0, ref _updateRandom);
        _online.Actor.ToUnit(_batch.ActionValues, _unitActions);
        Draw(_noise, ref _updateRandom);
        DropHalf(_keptOutputs);
        DropHalf(_keptNext);
        DropHalf(_keptValues);
        using (Step.Begin(_online.Parameters.Device))
        {
            var (loss, average, advantage, value, scale, beta) = Loss();
            (_average, _scale) = (average.Item(), scale.Item());                          // EMA <- mean
            _means.Add("q_value", value.Item());
            _means.Add("scale", _scale);
            _means.Add("beta", beta.Item());
            _means.Add("advantage", advantage.Item());
            var update = _optimizer.Descend(loss);
            _means.Add("loss", update.Loss);
            _means.Add("gradient_norm", update.GradientNorm);
        }
        _target.Parameters.BlendFrom(_online.Parameters, (float)_config.TargetRate);       // tau
    }

    /// <summary>The one loss, and means for the figures. Only the actor is reached through q', as the target critics' weights are not trained; only the critics by their error.</summary>
    private (Tensor Loss, Tensor Average, Tensor Advantage, Tensor Value, Tensor Scale, Tensor Beta) Loss()
    {
        var (rows, size) = (_batch.Size, _environment.Spec.ObservationSize);
        var next = Tensor.From(_batch.NextObservations, rows, size);
        var (drive, scale, beta) = _online.Actor.Forward(next, Kept(_keptOutputs, rows, 3 * _online.Actor.Dimensions));
        var nextActions = (drive + Tensor.From(_noise, rows, _online.Actor.Dimensions)).Tanh();
        var nextValue = _target.Value(_target.Values(next, nextActions, Kept(_keptNext, rows, _target.ValueCount)));                          // q', [M]
        var told = nextValue.Detach();
        var wanted = Tensor.From(_batch.Rewards, rows) + Tensor.From(_batch.Discounts, rows) * told;                                          // y = r + gamma q'
        var values = _online.Values(Tensor.From(_batch.Observations, rows, size), Tensor.From(_unitActions, rows, _online.Actor.Dimensions), Kept(_keptValues, rows, _online.ValueCount));

        var (advantage, average) = SymphonyObjectives.TemporalAdvantage(nextValue, _average);
        var climbed = _config.TemporalAdvantage ? SymphonyObjectives.AsymmetricError(advantage) : nextValue.Mean();
        var loss = SymphonyObjectives.SymmetricError(values - wanted.Reshape(rows, 1)) - climbed;
        if (_config.Swaddling) loss += SymphonyObjectives.Swaddle(scale, beta);
        return (loss, average.Mean(), advantage.Mean(), told.Mean(), scale.Mean(), beta.Mean());
    }

    /// <summary>Normal numbers cut off at e (or pi) deviations: at most 1 with the published deviations.</summary>
    private void Draw(Span<float> noise, ref Randomness random)
    {
        foreach (ref var number in noise) number = (float)(_config.Deviation * Math.Clamp(random.NextNormal(), -_config.CutOff, _config.CutOff));
    }

    private void DropHalf(Span<bool> kept)
    {
        foreach (ref var one in kept) one = (_updateRandom.NextBits() & 1) == 0;
    }

    private static Mask Kept(ReadOnlySpan<bool> kept, int rows, int columns) => kept.IsEmpty ? default : Mask.From(kept, rows, columns);

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write(Steps);
        writer.Write(_isLearning ? 1L : 0);
        writer.Write<float>([_average, _scale]);
        writer.Write<float>(_online.Parameters.Values);
        writer.Write<float>(_target.Parameters.Values);
        _optimizer.Save(writer);
        _replay.Save(writer);
        _recorder.Save(writer);
        _environment.Save(writer);
        _episodes.Save(writer);
        _log.Save(writer);
        _actionRandom.Save(writer);
        _updateRandom.Save(writer);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        Steps = reader.ReadLong();
        _isLearning = reader.ReadLong() != 0;
        float[] kept = [0, 0];
        reader.ReadInto<float>(kept);
        (_average, _scale) = (kept[0], kept[1]);
        reader.ReadInto(_online.Parameters.Values);
        reader.ReadInto(_target.Parameters.Values);
        _optimizer.Load(ref reader);
        _replay.Load(ref reader);
        _recorder.Load(ref reader);
        _environment.Load(ref reader);
        _episodes.Load(ref reader);
        _log.Load(ref reader);
        _actionRandom.Load(ref reader);
        _updateRandom.Load(ref reader);
    }
}
