using System.Buffers;
using Pilotage.Credit;
using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Networks;
using Pilotage.Numerics;
using Pilotage.Objectives;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Algorithms;

/// <summary>Soft actor-critic with twin critics and an automatic temperature, for boxes of real actions.</summary>
/// <remarks>
/// Source: Haarnoja et al., arXiv:1812.05905, Algorithm 1. Symbols: D replay, theta the twin critics' weights, theta- their targets', phi actor's weights, alpha temperature, H- wanted
/// entropy, tau target rate, gamma discount, M batch size, y target, a~ an action drawn anew from the policy.
/// Differs from the paper: the temperature's gradient is that of log alpha (<see cref="SoftPolicy.TemperatureLoss"/>); noise may be kept from step to step, see <see cref="Explore"/>;
/// a truncated episode bootstraps from its true last state, which the paper leaves open.
/// </remarks>
public sealed class Sac : ILearner, IWarmStart
{
    private const int IterationSteps = 256;                                              // vector steps per iteration, so that figures and checkpoints cost nothing
    private readonly SacConfig _config;
    private readonly IVectorEnvironment _environment;
    private readonly SquashedActor _actor;                                               // phi
    private readonly Parameters _criticParameters;                                       // theta
    private readonly Parameters _targetParameters;                                       // theta-
    private readonly EnsembleMlp _critics;
    private readonly EnsembleMlp _targets;
    private readonly Parameters _temperatureParameters = new();
    private readonly Parameter _logTemperature;                                          // log alpha
    private readonly Adam _actorOptimizer;
    private readonly Adam _criticOptimizer;
    private readonly Adam _temperatureOptimizer;
    private readonly Replay _replay;                                                     // D
    private readonly TransitionRecorder _recorder;
    private readonly TransitionBatch _batch;                                             // [M]
    private readonly ActionBatch _actions;                                               // [N]
    private readonly float[] _noise;                                                     // of the last step, [N, dimensions]
    private readonly float[] _normals;                                                   // [M, dimensions]
    private readonly float[] _unitActions;                                               // a in [-1, 1], [M, dimensions]
    private readonly float[] _wanted;                                                    // y, [M]
    private readonly EpisodeStatistics _episodes;
    private readonly PhaseClock _clock = new();
    private readonly UpdateMeans _means = new("actor_loss", "critic_loss", "q_value", "entropy", "temperature", "gradient_norm");
    private Randomness _actionRandom;
    private Randomness _updateRandom;

    /// <summary>Makes the networks and begins an episode in every row.</summary>
    /// <param name="config">Valid settings.</param>
    /// <param name="environment">N rows; the learner is its only user.</param>
    /// <param name="seeds">The run's seed tree.</param>
    /// <param name="device">Where the networks are computed; <see langword="null"/> for <see cref="Device.Managed"/>.</param>
    /// <exception cref="UserMistakeException">The action space is not a box.</exception>
    public Sac(SacConfig config, IVectorEnvironment environment, SeedTree seeds, Device? device = null)
    {
        var spec = environment.Spec;
        var initial = seeds.Initialisation.Start();
        _config = config;
        _environment = environment;
        _actor = new(spec, config.Hidden, config.Activation, ref initial, device, new() { Normalization = config.NormalizeLayers ? Normalization.Layer : Normalization.None });
        (_criticParameters, _targetParameters) = (new(device), new(device));
        _critics = new(_criticParameters, "critics", config.Critics, spec.ObservationSize + _actor.Dimensions, config.Hidden, 1, config.Activation, 1, ref initial, config.NormalizeLayers);
        _targets = new(_targetParameters, "critics", config.Critics, spec.ObservationSize + _actor.Dimensions, config.Hidden, 1, config.Activation, 1, ref initial, config.NormalizeLayers);
        _targetParameters.BlendFrom(_criticParameters, 1);
        _logTemperature = _temperatureParameters.Add("log_temperature", new(1), new Initializer.Constant((float)Logarithm.Log(config.Temperature)), ref initial);
        _actorOptimizer = new(_actor.Parameters, config.LearningRate);
        _criticOptimizer = new(_criticParameters, config.LearningRate);
        _temperatureOptimizer = new(_temperatureParameters, config.LearningRate);
        _replay = new(config.Capacity, spec);
        _recorder = new(environment, _replay, bootstrapSteps: 1, config.Discount);
        _batch = new(config.BatchSize, spec);
        _actions = new(spec.Actions, environment.Rows);
        _noise = new float[environment.Rows * _actor.Dimensions];
        _normals = new float[config.BatchSize * _actor.Dimensions];
        _unitActions = new float[config.BatchSize * _actor.Dimensions];
        _wanted = new float[config.BatchSize];
        _episodes = new(environment.Rows);
        _actionRandom = seeds.Actions.Start();
        _updateRandom = seeds.Shuffle.Start();
        Fill(_noise, ref _actionRandom);
        environment.Reset();
    }

    /// <inheritdoc/>
    public long Steps { get; private set; }

    /// <inheritdoc/>
    public IPolicy Policy => _actor.Greedy;

    /// <summary>The actor, live.</summary>
    public SquashedActor Actor => _actor;

    /// <summary>What a nat of entropy is worth now (alpha).</summary>
    public double Temperature => Exponential.Exp(_logTemperature.Values[0]);

    /// <inheritdoc/>
    public IReadOnlyList<WeightBlock> Weights => [.. _actor.Parameters.Blocks, .. _criticParameters.Blocks, .. _temperatureParameters.Blocks];

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Diagnostics { get; private set; } = [];

    /// <inheritdoc/>
    public MemoryEstimate Memory => new(
        _actorOptimizer.Bytes + _criticOptimizer.Bytes + _temperatureOptimizer.Bytes + 2 * sizeof(float) * (long)_targetParameters.Values.Length,
        Math.Max(MemoryEstimate.OfStep(() => CriticLoss(CriticValues()), _criticParameters), MemoryEstimate.OfStep(() => ActorLoss().Loss, _actor.Parameters)),
        _replay.Bytes + _batch.Bytes);

    /// <inheritdoc/>
    public LearnerTiming Timing => _clock.Timing;

    /// <summary>What state-action pairs are worth in the critics' opinion: the smallest of theirs, as targets and actor take it.</summary>
    /// <param name="observations">[rows, size].</param>
    /// <param name="unitActions">In the actor's unit, [-1, 1], [rows, dimensions].</param>
    /// <param name="values">Receives Q, [rows].</param>
    public void Estimate(ReadOnlySpan<float> observations, ReadOnlySpan<float> unitActions, Span<float> values)
    {
        using var step = Step.Begin(_criticParameters.Device, Gradient.None);
        var rows = values.Length;
        Values(_critics, Tensor.From(observations, rows, _environment.Spec.ObservationSize), Tensor.From(unitActions, rows, _actor.Dimensions)).Min(0).CopyTo(values);
    }

    /// <inheritdoc/>
    public void Iterate()
    {
        _clock.Start();
        for (var played = 0; played < IterationSteps && (played == 0 || Steps < _config.Steps);)
        {
            for (var i = 0; i < _config.TrainPeriod; i++, played++) Play();
            for (var i = 0; i < _config.UpdatesPerPeriod && Steps >= _config.LearningStarts; i++) Update();
            _clock.EndLearn();
        }
        Diagnostics = [new("episode_return", _episodes.MeanReturn), new("episode_length", _episodes.MeanLength), new("episodes", _episodes.Finished), .. _means.Take()];
    }

    /// <inheritdoc/>
    /// <remarks>Fills the replay: what was shown is learned from beside what is tried.</remarks>
    public IReadOnlyList<KeyValuePair<string, double>> WarmStart(Demonstrations shown, SeedTree seeds)
    {
        shown.AddTo(_replay, bootstrapSteps: 1, _config.Discount);
        return [new("demonstrated_steps", shown.Count)];
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write(Steps);
        writer.Write<float>(_actor.Parameters.Values);
        writer.Write<float>(_criticParameters.Values);
        writer.Write<float>(_targetParameters.Values);
        writer.Write<float>(_temperatureParameters.Values);
        _actorOptimizer.Save(writer);
        _criticOptimizer.Save(writer);
        _temperatureOptimizer.Save(writer);
        _replay.Save(writer);
        _recorder.Save(writer);
        _environment.Save(writer);
        _episodes.Save(writer);
        writer.Write<float>(_noise);
        _actionRandom.Save(writer);
        _updateRandom.Save(writer);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        Steps = reader.ReadLong();
        reader.ReadInto(_actor.Parameters.Values);
        reader.ReadInto(_criticParameters.Values);
        reader.ReadInto(_targetParameters.Values);
        reader.ReadInto(_temperatureParameters.Values);
        _actorOptimizer.Load(ref reader);
        _criticOptimizer.Load(ref reader);
        _temperatureOptimizer.Load(ref reader);
        _replay.Load(ref reader);
        _recorder.Load(ref reader);
        _environment.Load(ref reader);
        _episodes.Load(ref reader);
        reader.ReadInto<float>(_noise);
        _actionRandom.Load(ref reader);
        _updateRandom.Load(ref reader);
    }

    private void Play()                                                                   // "for each environment step"
    {
        if (Steps < _config.LearningStarts) Scatter();
        else Explore();
        _recorder.Step(_actions, _episodes, _clock);
        Steps += _environment.Rows;
    }

    private void Scatter()
    {
        var values = _actions.Values;
        for (var i = 0; i < values.Length; i++) values[i] = (float)_actionRandom.NextUniform(-1, 1);
        _actor.ToBox(values);
    }

    /// <summary>
    /// Actions drawn from the policy. Kept noise, rho e + sqrt(1 - rho²) e', is standard normal at each step as independent noise is, so each action has the policy's distribution; only
    /// successive ones hang together. The idea: Eberhard et al., ICLR 2023 ("Pink noise is all you need"); the recursion is the Ornstein-Uhlenbeck process of arXiv:1509.02971.
    /// </summary>
    private void Explore()
    {
        var (kept, renewed) = ((float)_config.NoiseMemory, (float)Math.Sqrt(1 - _config.NoiseMemory * _config.NoiseMemory));
        foreach (ref var number in _noise.AsSpan()) number = kept * number + renewed * (float)_actionRandom.NextNormal();
        _actor.Act(_environment.Frames, _noise, _actions.Values);
    }

    private void Update()                                                                 // "for each gradient step"
    {
        _replay.Sample(_batch, importance: 0, ref _updateRandom);
        _actor.ToUnit(_batch.ActionValues, _unitActions);
        var temperature = Temperature;
        Fill(_normals, ref _updateRandom);
        ComputeTargets((float)temperature);
        using (Step.Begin(_criticParameters.Device))                                      // theta: eq. 6
        {
            var values = CriticValues();
            var update = _criticOptimizer.Descend(CriticLoss(values));
            _means.Add("critic_loss", update.Loss);
            _means.Add("q_value", values.Mean().Item());
            _means.Add("gradient_norm", update.GradientNorm);
        }
        Fill(_normals, ref _updateRandom);
        float meanLogPi;
        using (Step.Begin(_actor.Parameters.Device))                                      // phi: eq. 10
        {
            var (loss, logPi) = ActorLoss();
            meanLogPi = logPi.Mean().Item();
            _means.Add("actor_loss", _actorOptimizer.Descend(loss).Loss);
        }
        if (_config.AutomaticTemperature)                                                 // alpha: eq. 18
        {
            using var step = Step.Begin();
            _temperatureOptimizer.Descend(SoftPolicy.TemperatureLoss(Tensor.Of(_logTemperature), meanLogPi, (float)_config.EntropyPerDimension * _actor.Dimensions));
        }
        _targetParameters.BlendFrom(_criticParameters, (float)_config.TargetRate);         // theta-
        _means.Add("entropy", -meanLogPi);
        _means.Add("temperature", temperature);
    }

    private void ComputeTargets(float temperature)                                        // eq. 5, with the smaller twin
    {
        using var nextValues = new Scratch(_critics.Members * _batch.Size);
        using var nextLogPi = new Scratch(_batch.Size);
        using (Step.Begin(_targetParameters.Device, Gradient.None))
        {
            var next = Tensor.From(_batch.NextObservations, _batch.Size, _environment.Spec.ObservationSize);
            var (drawn, logPi) = _actor.Sample(next, Tensor.From(_normals, _batch.Size, _actor.Dimensions));
            Values(_targets, next, drawn).CopyTo(nextValues.Values);
            logPi.CopyTo(nextLogPi.Values);
        }
        SoftTargets.Compute(_batch.Rewards, _batch.Discounts, nextValues.Values, nextLogPi.Values, temperature, _wanted);
    }

    private Tensor CriticValues() =>                                                      // [critics, M]
        Values(_critics, Tensor.From(_batch.Observations, _batch.Size, _environment.Spec.ObservationSize), Tensor.From(_unitActions, _batch.Size, _actor.Dimensions));

    private Tensor CriticLoss(Tensor values) => (float)_critics.Members * ValueLoss.Squared(values, Tensor.From(_wanted, _batch.Size));   // the sum of all critics' losses

    private (Tensor Loss, Tensor LogPi) ActorLoss()
    {
        var observations = Tensor.From(_batch.Observations, _batch.Size, _environment.Spec.ObservationSize);
        var (drawn, logPi) = _actor.Sample(observations, Tensor.From(_normals, _batch.Size, _actor.Dimensions));
        return (SoftPolicy.Loss(logPi, Values(_critics, observations, drawn).Min(0), (float)Temperature), logPi);
    }

    private static Tensor Values(EnsembleMlp critics, Tensor observations, Tensor actions)
    {
        var values = critics.Forward(Tensor.Concat(1, observations, actions));            // [critics, rows, 1]
        return values.Reshape(critics.Members, values.Shape[1]);
    }

    private static void Fill(Span<float> normals, ref Randomness random)
    {
        foreach (ref var normal in normals) normal = (float)random.NextNormal();
    }
}
