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
/// a truncated episode bootstraps from its true last state, which the paper leaves open; play and updates may overlap, see <see cref="SacConfig.Overlap"/>.
/// </remarks>
public sealed class Sac : ILearner, IWarmStart
{
    private const int IterationSteps = 256;                                              // vector steps per iteration, so that figures and checkpoints cost nothing
    private readonly SacConfig _config;
    private readonly IVectorEnvironment _environment;
    private readonly SquashedActor _actor;                                               // phi
    private readonly SquashedActor _acting;                                              // phi; overlapped, as it was a burst of updates ago
    private readonly ActionCritics _critics;                                             // theta, theta-
    private readonly Parameters _temperatureParameters;
    private readonly Parameter _logTemperature;                                          // log alpha
    private readonly Adam _actorOptimizer;
    private readonly Adam _criticOptimizer;
    private readonly Adam _temperatureOptimizer;
    private readonly Replay _replay;                                                     // D
    private readonly TransitionRecorder _recorder;
    private readonly TransitionBatch _batch;                                             // [M]
    private readonly ActionBatch _actions;                                               // [N]
    private readonly LastingNoise _noise;                                                // of the last step, [N, dimensions]
    private readonly float[] _normals;                                                   // [M, dimensions]
    private readonly float[] _unitActions;                                               // a in [-1, 1], [M, dimensions]
    private readonly float[] _wanted;                                                    // y, [M]
    private readonly EpisodeStatistics _episodes;
    private readonly PlayAndLearn _rounds;
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
        var form = new ActorForm { Normalization = config.NormalizeLayers ? Normalization.Layer : Normalization.None };
        _actor = new(spec, config.Hidden, config.Activation, ref initial, device, form);
        _critics = new(spec, config.Critics, config.Hidden, config.Activation, ref initial, device, config.NormalizeLayers);
        _temperatureParameters = new(device);
        _logTemperature = _temperatureParameters.Add("log_temperature", new(1), new Initializer.Constant((float)Logarithm.Log(config.Temperature)), ref initial);
        _acting = config.Overlap ? new(spec, config.Hidden, config.Activation, ref initial, device, form) : _actor;
        _actorOptimizer = new(_actor.Parameters, config.LearningRate);
        _criticOptimizer = new(_critics.Parameters, config.LearningRate);
        _temperatureOptimizer = new(_temperatureParameters, config.LearningRate);
        _replay = new(config.Capacity, spec);
        _rounds = new(config.Overlap, _replay, spec, _acting.Parameters, _actor.Parameters, Play, Learn);
        _recorder = new(environment, _rounds.Played, bootstrapSteps: 1, config.Discount);
        _batch = new(config.BatchSize, spec);
        _actions = new(spec.Actions, environment.Rows);
        _noise = new(environment.Rows * _actor.Dimensions, config.NoiseMemory);
        _normals = new float[config.BatchSize * _actor.Dimensions];
        _unitActions = new float[config.BatchSize * _actor.Dimensions];
        _wanted = new float[config.BatchSize];
        _episodes = new(environment.Rows);
        _actionRandom = seeds.Actions.Start();
        _updateRandom = seeds.Shuffle.Start();
        _noise.Begin(ref _actionRandom);
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
    public IReadOnlyList<WeightBlock> Weights => [.. _actor.Parameters.Blocks, .. _critics.Parameters.Blocks, .. _temperatureParameters.Blocks];

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Diagnostics { get; private set; } = [];

    /// <inheritdoc/>
    public MemoryEstimate Memory => new(
        _actorOptimizer.Bytes + _criticOptimizer.Bytes + _temperatureOptimizer.Bytes + 2 * sizeof(float) * (long)_critics.TargetParameters.Values.Length,
        Math.Max(MemoryEstimate.OfStep(() => CriticLoss(CriticValues()), _critics.Parameters), MemoryEstimate.OfStep(() => ActorLoss().Loss, _actor.Parameters)),
        _replay.Bytes + _batch.Bytes + _rounds.Bytes);

    /// <inheritdoc/>
    public LearnerTiming Timing => _rounds.Timing;

    /// <summary>What state-action pairs are worth in the critics' opinion: the smallest of theirs, as targets and actor take it.</summary>
    /// <param name="observations">[rows, size].</param>
    /// <param name="unitActions">In the actor's unit, [-1, 1], [rows, dimensions].</param>
    /// <param name="values">Receives Q, [rows].</param>
    public void Estimate(ReadOnlySpan<float> observations, ReadOnlySpan<float> unitActions, Span<float> values)
    {
        using var step = Step.Begin(_critics.Parameters.Device, Gradient.None);
        var rows = values.Length;
        _critics.Values(Tensor.From(observations, rows, _environment.Spec.ObservationSize), Tensor.From(unitActions, rows, _actor.Dimensions)).Min(0).CopyTo(values);
    }

    /// <inheritdoc/>
    public void Iterate()
    {
        for (var played = 0; played < IterationSteps && (played == 0 || Steps < _config.Steps); played += _config.TrainPeriod) _rounds.Run(Steps);
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
        _critics.Save(writer);
        writer.Write<float>(_temperatureParameters.Values);
        _actorOptimizer.Save(writer);
        _criticOptimizer.Save(writer);
        _temperatureOptimizer.Save(writer);
        _replay.Save(writer);
        _recorder.Save(writer);
        _environment.Save(writer);
        _episodes.Save(writer);
        _noise.Save(writer);
        _actionRandom.Save(writer);
        _updateRandom.Save(writer);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        Steps = reader.ReadLong();
        reader.ReadInto(_actor.Parameters.Values);
        _critics.Load(ref reader);
        reader.ReadInto(_temperatureParameters.Values);
        _actorOptimizer.Load(ref reader);
        _criticOptimizer.Load(ref reader);
        _temperatureOptimizer.Load(ref reader);
        _replay.Load(ref reader);
        _recorder.Load(ref reader);
        _environment.Load(ref reader);
        _episodes.Load(ref reader);
        _noise.Load(ref reader);
        _actionRandom.Load(ref reader);
        _updateRandom.Load(ref reader);
    }

    private long Play()                                                                   // "for each environment step"
    {
        for (var i = 0; i < _config.TrainPeriod; i++)
        {
            if (Steps < _config.LearningStarts) _actor.Unit.Scatter(_actions.Values, ref _actionRandom);
            else Explore();
            _recorder.Step(_actions, _episodes, _rounds.PlayClock);
            Steps += _environment.Rows;
        }
        return Steps;
    }

    /// <summary>Actions drawn from the policy. With kept noise each still has the policy's distribution; only successive ones hang together, see <see cref="LastingNoise"/>.</summary>
    private void Explore()
    {
        _noise.Next(ref _actionRandom);
        _acting.Act(_environment.Frames, _noise.Values, _actions.Values);
    }

    private void Learn(long steps)                                                        // "for each gradient step"
    {
        for (var i = 0; i < _config.UpdatesPerPeriod && steps >= _config.LearningStarts; i++) Update();
    }

    private void Update()
    {
        _replay.Sample(_batch, importance: 0, ref _updateRandom);
        _actor.ToUnit(_batch.ActionValues, _unitActions);
        var temperature = Temperature;
        _updateRandom.FillNormal(_normals);
        ComputeTargets((float)temperature);
        using (Step.Begin(_critics.Parameters.Device))                                      // theta: eq. 6
        {
            var values = CriticValues();
            var update = _criticOptimizer.Descend(CriticLoss(values));
            _means.Add("critic_loss", update.Loss);
            _means.Add("q_value", values.Mean().Item());
            _means.Add("gradient_norm", update.GradientNorm);
        }
        _updateRandom.FillNormal(_normals);
        float meanLogPi;
        using (Step.Begin(_actor.Parameters.Device))                                      // phi: eq. 10
        {
            var (loss, logPi) = ActorLoss();
            meanLogPi = logPi.Mean().Item();
            _means.Add("actor_loss", _actorOptimizer.Descend(loss).Loss);
        }
        if (_config.AutomaticTemperature)                                                 // alpha: eq. 18
        {
            using var step = Step.Begin(_temperatureParameters.Device);
            _temperatureOptimizer.Descend(SoftPolicy.TemperatureLoss(Tensor.Of(_logTemperature), meanLogPi, (float)_config.EntropyPerDimension * _actor.Dimensions));
        }
        _critics.MoveTargets((float)_config.TargetRate);                                   // theta-
        _means.Add("entropy", -meanLogPi);
        _means.Add("temperature", temperature);
    }

    private void ComputeTargets(float temperature)                                        // eq. 5, with the smaller twin
    {
        using var nextValues = new Scratch(_critics.Count * _batch.Size);
        using var nextLogPi = new Scratch(_batch.Size);
        using (Step.Begin(_critics.TargetParameters.Device, Gradient.None))
        {
            var next = Tensor.From(_batch.NextObservations, _batch.Size, _environment.Spec.ObservationSize);
            var (drawn, logPi) = _actor.Sample(next, Tensor.From(_normals, _batch.Size, _actor.Dimensions));
            _critics.TargetValues(next, drawn).CopyTo(nextValues.Values);
            logPi.CopyTo(nextLogPi.Values);
        }
        SoftTargets.Compute(_batch.Rewards, _batch.Discounts, nextValues.Values, nextLogPi.Values, temperature, _wanted);
    }

    private Tensor CriticValues() =>                                                      // [critics, M]
        _critics.Values(Tensor.From(_batch.Observations, _batch.Size, _environment.Spec.ObservationSize), Tensor.From(_unitActions, _batch.Size, _actor.Dimensions));

    private Tensor CriticLoss(Tensor values) => (float)_critics.Count * ValueLoss.Squared(values, Tensor.From(_wanted, _batch.Size));   // the sum of all critics' losses

    private (Tensor Loss, Tensor LogPi) ActorLoss()
    {
        var observations = Tensor.From(_batch.Observations, _batch.Size, _environment.Spec.ObservationSize);
        var (drawn, logPi) = _actor.Sample(observations, Tensor.From(_normals, _batch.Size, _actor.Dimensions));
        return (SoftPolicy.Loss(logPi, _critics.Values(observations, drawn).Min(0), (float)Temperature), logPi);
    }
}
