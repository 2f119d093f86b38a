using System.Buffers;
using Pilotage.Credit;
using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Objectives;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Algorithms;

/// <summary>Deep deterministic policy gradient: a deterministic actor that climbs its critic, both with slow copies as targets.</summary>
/// <remarks>
/// Source: Lillicrap et al., arXiv:1509.02971, Algorithm 1. Symbols: R replay, theta-Q the critic's weights, theta-mu the actor's, with a prime their targets', N noise, tau target
/// rate, gamma discount, M batch size (N in the paper), y target.
/// Differs from the paper: noise is independent from step to step unless <see cref="DdpgConfig.NoiseMemory"/> says otherwise (with it, the paper's process), and counted in the unit
/// in which the box is [-1, 1]; no weight decay and no batch norm; the action enters the critic at its first layer; weights start orthogonal; a truncated episode bootstraps
/// from its true last state; play and updates may overlap, see <see cref="DdpgConfig.Overlap"/>.
/// </remarks>
public sealed class Ddpg : ILearner, IWarmStart
{
    private const int IterationSteps = 256;                                              // vector steps per iteration, so that figures and checkpoints cost nothing
    private readonly DdpgConfig _config;
    private readonly IVectorEnvironment _environment;
    private readonly DeterministicActor _actor;                                          // theta-mu
    private readonly DeterministicActor _targetActor;                                    // theta-mu'
    private readonly DeterministicActor _acting;                                         // theta-mu; overlapped, as it was a burst of updates ago
    private readonly ActionCritics _critics;                                             // theta-Q, theta-Q'; one critic
    private readonly Adam _actorOptimizer;
    private readonly Adam _criticOptimizer;
    private readonly Replay _replay;                                                     // R
    private readonly PlayAndLearn _rounds;
    private readonly TransitionRecorder _recorder;
    private readonly TransitionBatch _batch;                                             // [M]
    private readonly ActionBatch _actions;                                               // [rows]
    private readonly LastingNoise _noise;                                                // of the last step, [rows, dimensions]
    private readonly float[] _unitActions;                                               // a in [-1, 1], [M, dimensions]
    private readonly float[] _wanted;                                                    // y, [M]
    private readonly EpisodeStatistics _episodes;
    private readonly UpdateMeans _means = new("critic_loss", "q_value", "gradient_norm", "actor_loss");
    private Randomness _actionRandom;
    private Randomness _updateRandom;

    /// <summary>Makes the networks and begins an episode in every row.</summary>
    /// <param name="config">Valid settings.</param>
    /// <param name="environment">Rows that play; the learner is its only user.</param>
    /// <param name="seeds">The run's seed tree.</param>
    /// <param name="device">Where the networks are computed; <see langword="null"/> for <see cref="Device.Managed"/>.</param>
    /// <exception cref="UserMistakeException">The action space is not a box.</exception>
    public Ddpg(DdpgConfig config, IVectorEnvironment environment, SeedTree seeds, Device? device = null)       // lines 1-3
    {
        var spec = environment.Spec;
        var initial = seeds.Initialisation.Start();
        _config = config;
        _environment = environment;
        _actor = new(spec, config.Hidden, config.Activation, ref initial, device);
        _critics = new(spec, count: 1, config.Hidden, config.Activation, ref initial, device);
        _targetActor = new(spec, config.Hidden, config.Activation, ref initial, device);
        _targetActor.Parameters.BlendFrom(_actor.Parameters, 1);
        _acting = config.Overlap ? new(spec, config.Hidden, config.Activation, ref initial, device) : _actor;
        _actorOptimizer = new(_actor.Parameters, config.ActorLearningRate);
        _criticOptimizer = new(_critics.Parameters, config.LearningRate);
        _replay = new(config.Capacity, spec);
        _rounds = new(config.Overlap, _replay, spec, _acting.Parameters, _actor.Parameters, Play, Learn);
        _recorder = new(environment, _rounds.Played, bootstrapSteps: 1, config.Discount);
        _batch = new(config.BatchSize, spec);
        _actions = new(spec.Actions, environment.Rows);
        _noise = new(environment.Rows * _actor.Dimensions, config.NoiseMemory, config.ExplorationNoise);
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
    public IPolicy Policy => _actor;

    /// <summary>The actor, live.</summary>
    public DeterministicActor Actor => _actor;

    /// <inheritdoc/>
    public IReadOnlyList<WeightBlock> Weights => [.. _actor.Parameters.Blocks, .. _critics.Parameters.Blocks];

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Diagnostics { get; private set; } = [];

    /// <inheritdoc/>
    public MemoryEstimate Memory => new(
        _actorOptimizer.Bytes + _criticOptimizer.Bytes + 2 * sizeof(float) * (long)(_critics.TargetParameters.Values.Length + _targetActor.Parameters.Values.Length),
        Math.Max(MemoryEstimate.OfStep(() => CriticLoss(CriticValues()), _critics.Parameters), MemoryEstimate.OfStep(ActorLoss, _actor.Parameters)),
        _replay.Bytes + _batch.Bytes + _rounds.Bytes);

    /// <inheritdoc/>
    public LearnerTiming Timing => _rounds.Timing;

    /// <inheritdoc/>
    public void Iterate()                                                                 // lines 4-6
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
        writer.Write<float>(_targetActor.Parameters.Values);
        _critics.Save(writer);
        _actorOptimizer.Save(writer);
        _criticOptimizer.Save(writer);
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
        reader.ReadInto(_targetActor.Parameters.Values);
        _critics.Load(ref reader);
        _actorOptimizer.Load(ref reader);
        _criticOptimizer.Load(ref reader);
        _replay.Load(ref reader);
        _recorder.Load(ref reader);
        _environment.Load(ref reader);
        _episodes.Load(ref reader);
        _noise.Load(ref reader);
        _actionRandom.Load(ref reader);
        _updateRandom.Load(ref reader);
    }

    private long Play()                                                                   // lines 7-9
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

    private void Explore()
    {
        _noise.Next(ref _actionRandom);
        _acting.Act(_environment.Frames, _noise.Values, _actions.Values);
    }

    private void Learn(long steps)
    {
        for (var i = 0; i < _config.UpdatesPerPeriod && steps >= _config.LearningStarts; i++) Update();
    }

    private void Update()
    {
        _replay.Sample(_batch, importance: 0, ref _updateRandom);                         // line 10
        _actor.ToUnit(_batch.ActionValues, _unitActions);
        ComputeTargets();
        using (Step.Begin(_critics.Parameters.Device))                                    // line 12
        {
            var values = CriticValues();
            var update = _criticOptimizer.Descend(CriticLoss(values));
            _means.Add("critic_loss", update.Loss);
            _means.Add("q_value", values.Mean().Item());
            _means.Add("gradient_norm", update.GradientNorm);
        }
        using (Step.Begin(_actor.Parameters.Device)) _means.Add("actor_loss", _actorOptimizer.Descend(ActorLoss()).Loss);     // line 13
        _critics.MoveTargets((float)_config.TargetRate);                                  // line 14
        _targetActor.Parameters.BlendFrom(_actor.Parameters, (float)_config.TargetRate);
    }

    private void ComputeTargets()                                                         // line 11
    {
        using var nextValues = new Scratch(_batch.Size);
        using (Step.Begin(_critics.TargetParameters.Device, Gradient.None))
        {
            var next = Tensor.From(_batch.NextObservations, _batch.Size, _environment.Spec.ObservationSize);
            _critics.TargetValues(next, _targetActor.Forward(next)).CopyTo(nextValues.Values);
        }
        SoftTargets.Compute(_batch.Rewards, _batch.Discounts, nextValues.Values, nextLogProbabilities: [], temperature: 0, _wanted);
    }

    private Tensor CriticValues() =>                                                      // [1, M]
        _critics.Values(Tensor.From(_batch.Observations, _batch.Size, _environment.Spec.ObservationSize), Tensor.From(_unitActions, _batch.Size, _actor.Dimensions));

    private Tensor CriticLoss(Tensor values) => ValueLoss.Squared(values, Tensor.From(_wanted, _batch.Size));

    private Tensor ActorLoss()
    {
        var observations = Tensor.From(_batch.Observations, _batch.Size, _environment.Spec.ObservationSize);
        return DeterministicPolicy.Loss(_critics.FirstValues(observations, _actor.Forward(observations)));
    }
}
