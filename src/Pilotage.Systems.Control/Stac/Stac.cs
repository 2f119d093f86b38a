using System.Buffers;
using Pilotage.Credit;
using Pilotage.Distributions;
using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Networks;
using Pilotage.Numerics;
using Pilotage.Objectives;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Systems.Control.Stac;

/// <summary>Stochastic actor-critic: one critic that is a Gaussian over the one-step target, and a pessimism of beta of its deviations in the place of a second critic.</summary>
/// <remarks>
/// Source: arXiv:2601.00737, Algorithm 1, and its authors' code. Symbols: D replay, theta critic's weights, theta- its target's, phi actor's weights, mu and sigma the critic's mean and
/// deviation, beta pessimism, alpha temperature, H- wanted entropy, gamma discount, M batch size, y target, a~ an action drawn anew from the policy, K critics (1; 2 in ESTAC).
/// Differs from the paper as its code does: the actor descends minus the objective (the box writes descent on the objective itself), and the temperature is multiplied by
/// exp(rate alpha (H- - H)). Differs from both: weights begin orthogonal as elsewhere in this library; a truncated episode bootstraps from its true last state; playing drops nothing.
/// </remarks>
internal sealed class Stac : ILearner, ISoftCritic
{
    /// <summary>Mean |y - mu| / sigma of an iteration beyond which the likelihood, which grows with its square, is no longer to be trusted.</summary>
    public const double GreatestSurprise = 50;

    private const int IterationSteps = 256;                                              // vector steps per iteration, so that figures and checkpoints cost nothing
    private readonly StacConfig _config;
    private readonly IVectorEnvironment _environment;
    private readonly SquashedActor _actor;                                               // phi
    private readonly Parameters _criticParameters;                                       // theta
    private readonly Parameters _targetParameters;                                       // theta-
    private readonly EnsembleMlp _critic;                                                // (s, a) to (mu, rho)
    private readonly EnsembleMlp _target;
    private readonly Adam _actorOptimizer;
    private readonly Adam _criticOptimizer;
    private readonly Replay _replay;                                                     // D
    private readonly TransitionRecorder _recorder;
    private readonly TransitionBatch _batch;                                             // [M]
    private readonly ActionBatch _actions;                                               // [N]
    private readonly float[] _noise;                                                     // [N, dimensions]
    private readonly float[] _normals;                                                   // [M, dimensions]
    private readonly float[] _unitActions;                                               // a in [-1, 1], [M, dimensions]
    private readonly float[] _nextValues;                                                // [K, M]
    private readonly float[] _nextLogPi;                                                 // [M]
    private readonly float[] _wanted;                                                    // y, [M]
    private readonly EpisodeStatistics _episodes;
    private readonly PhaseClock _clock = new();
    private readonly UpdateMeans _means = new("actor_loss", "critic_loss", "q_value", "q_deviation", "surprise", "entropy", "temperature", "gradient_norm");
    private Randomness _actionRandom;
    private Randomness _updateRandom;

    /// <summary>Makes the networks and begins an episode in every row.</summary>
    /// <param name="config">Valid settings.</param>
    /// <param name="environment">N rows; the learner is its only user.</param>
    /// <param name="seeds">The run's seed tree.</param>
    /// <param name="device">Where the networks are computed; <see langword="null"/> for <see cref="Device.Managed"/>.</param>
    /// <exception cref="UserMistakeException">The action space is not a box.</exception>
    public Stac(StacConfig config, IVectorEnvironment environment, SeedTree seeds, Device? device = null)
    {
        var spec = environment.Spec;
        RequireBox(spec);
        var initial = seeds.Initialisation.Start();
        _config = config;
        _environment = environment;
        var normalization = config.LayerNorm ? Normalization.Layer : Normalization.None;
        _actor = new(spec, config.Hidden, Activation.Relu, ref initial, device, new() { Normalization = normalization, Dropout = config.Dropout.Actor, Deviation = DeviationForm.Softplus });
        (_criticParameters, _targetParameters) = (new(device), new(device));
        _critic = new(_criticParameters, "critic", config.Critics, spec.ObservationSize + _actor.Dimensions, config.Hidden, 2, Activation.Relu, 1, ref initial, config.LayerNorm, config.Dropout.Critic);
        _target = new(_targetParameters, "critic", config.Critics, spec.ObservationSize + _actor.Dimensions, config.Hidden, 2, Activation.Relu, 1, ref initial, config.LayerNorm, config.Dropout.Critic);
        _targetParameters.BlendFrom(_criticParameters, 1);
        Temperature = config.Temperature;
        _actorOptimizer = new(_actor.Parameters, config.LearningRate);
        _criticOptimizer = new(_criticParameters, config.LearningRate);
        _replay = new((int)Math.Min(config.Capacity, config.Steps + environment.Rows), spec);
        _recorder = new(environment, _replay, bootstrapSteps: 1, config.Discount);
        _batch = new(config.BatchSize, spec);
        _actions = new(spec.Actions, environment.Rows);
        _noise = new float[environment.Rows * _actor.Dimensions];
        _normals = new float[config.BatchSize * _actor.Dimensions];
        _unitActions = new float[config.BatchSize * _actor.Dimensions];
        _nextValues = new float[config.Critics * config.BatchSize];
        _nextLogPi = new float[config.BatchSize];
        _wanted = new float[config.BatchSize];
        _episodes = new(environment.Rows);
        _actionRandom = seeds.Actions.Start();
        _updateRandom = seeds.Shuffle.Start();
        environment.Reset();
    }

    /// <inheritdoc/>
    public long Steps { get; private set; }

    /// <inheritdoc/>
    /// <remarks>The tangent of the mean, the paper's "temperature zero"; its code averages ten drawn actions instead.</remarks>
    public IPolicy Policy => _actor.Greedy;

    /// <inheritdoc/>
    public SquashedActor Actor => _actor;

    /// <inheritdoc/>
    public double Temperature { get; private set; }

    /// <summary>Iterations whose mean |y - mu| / sigma was above <see cref="GreatestSurprise"/>; 0 in a healthy run.</summary>
    public long SurprisedIterations { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyList<WeightBlock> Weights => [.. _actor.Parameters.Blocks, .. _criticParameters.Blocks];

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Diagnostics { get; private set; } = [];

    /// <inheritdoc/>
    public MemoryEstimate Memory
    {
        get
        {
            var kept = _updateRandom;                                                     // a plan draws its dropout too
            var step = Math.Max(MemoryEstimate.OfStep(() => CriticLoss().Loss, _criticParameters), MemoryEstimate.OfStep(() => ActorLoss().Loss, _actor.Parameters));
            _updateRandom = kept;
            return new(_actorOptimizer.Bytes + _criticOptimizer.Bytes + 2 * sizeof(float) * (long)_targetParameters.Values.Length, step, _replay.Bytes + _batch.Bytes);
        }
    }

    /// <inheritdoc/>
    public LearnerTiming Timing => _clock.Timing;

    private double WantedEntropy => _config.TargetEntropy ?? -_actor.Dimensions;          // H-

    /// <inheritdoc/>
    public void Iterate()
    {
        _clock.Start();
        for (var played = 0; played < IterationSteps && (played == 0 || Steps < _config.Steps); played++)
        {
            Play();
            for (var i = 0; i < _config.UpdatesPerStep && Steps >= _config.LearningStarts; i++) Update();
            _clock.EndLearn();
        }
        Diagnostics = [new("episode_return", _episodes.MeanReturn), new("episode_length", _episodes.MeanLength), new("episodes", _episodes.Finished), .. _means.Take()];
        foreach (var (name, value) in Diagnostics) if (name == "surprise" && value > GreatestSurprise) SurprisedIterations++;
    }

    private void Play()                                                                   // "for each environment step"
    {
        if (Steps < _config.LearningStarts)
        {
            foreach (ref var value in _actions.Values) value = (float)_actionRandom.NextUniform(-1, 1);
            _actor.ToBox(_actions.Values);
        }
        else
        {
            Fill(_noise, ref _actionRandom);
            _actor.Act(_environment.Frames, _noise, _actions.Values);
        }
        _recorder.Step(_actions, _episodes, _clock);
        Steps += _environment.Rows;
    }

    private void Update()                                                                 // "for each gradient step"
    {
        _replay.Sample(_batch, importance: 0, ref _updateRandom);
        _actor.ToUnit(_batch.ActionValues, _unitActions);
        ComputeTargets();
        using (Step.Begin(_criticParameters.Device))                                      // theta: the likelihood of y
        {
            var (loss, mean, deviation) = CriticLoss();
            _means.Add("q_value", mean.Mean().Item());
            _means.Add("q_deviation", deviation.Mean().Item());
            _means.Add("surprise", ((Tensor.From(_wanted, _batch.Size) - mean).Abs() / deviation).Mean().Item());
            var update = _criticOptimizer.Descend(loss);
            _means.Add("critic_loss", update.Loss);
            _means.Add("gradient_norm", update.GradientNorm);
        }
        _targetParameters.BlendFrom(_criticParameters, (float)_config.TargetRate);         // theta-: before the actor, in the code's order
        double entropy;
        using (Step.Begin(_actor.Parameters.Device))                                      // phi: the pessimistic value
        {
            var (loss, logPi) = ActorLoss();
            entropy = -logPi.Mean().Item();
            _means.Add("actor_loss", _actorOptimizer.Descend(loss).Loss);
        }
        _means.Add("entropy", entropy);
        _means.Add("temperature", Temperature);
        Temperature = NextTemperature(Temperature, _config.LearningRate, WantedEntropy, entropy);   // alpha
    }

    private void ComputeTargets()                                                         // y = r + gamma (1 - done) (mu- - beta sigma- - alpha log pi)
    {
        Fill(_normals, ref _updateRandom);
        using (Step.Begin(_targetParameters.Device, Gradient.None))
        {
            var next = Tensor.From(_batch.NextObservations, _batch.Size, _environment.Spec.ObservationSize);
            var (drawn, logPi) = _actor.SampleWithDropout(next, Tensor.From(_normals, _batch.Size, _actor.Dimensions), ref _updateRandom);
            var (mean, deviation) = Values(_target, next, drawn);
            Pessimistic(mean, deviation, _config.Beta).CopyTo(_nextValues);
            logPi.CopyTo(_nextLogPi);
        }
        SoftTargets.Compute(_batch.Rewards, _batch.Discounts, _nextValues, _nextLogPi, (float)Temperature, _wanted);
    }

    private (Tensor Loss, Tensor Mean, Tensor Deviation) CriticLoss()                     // -log N(y; mu, sigma²), summed over the critics
    {
        var observations = Tensor.From(_batch.Observations, _batch.Size, _environment.Spec.ObservationSize);
        var (mean, deviation) = Values(_critic, observations, Tensor.From(_unitActions, _batch.Size, _actor.Dimensions));
        return ((float)_critic.Members * GaussianLikelihood.NegativeLog(mean, deviation, Tensor.From(_wanted, _batch.Size)), mean, deviation);
    }

    private (Tensor Loss, Tensor LogPi) ActorLoss()                                       // -(mu - beta sigma - alpha log pi), a~ reparameterised
    {
        Fill(_normals, ref _updateRandom);
        var observations = Tensor.From(_batch.Observations, _batch.Size, _environment.Spec.ObservationSize);
        var (drawn, logPi) = _actor.SampleWithDropout(observations, Tensor.From(_normals, _batch.Size, _actor.Dimensions), ref _updateRandom);
        var (mean, deviation) = Values(_critic, observations, drawn);
        return (SoftPolicy.Loss(logPi, Pessimistic(mean, deviation, _config.Beta).Min(0), (float)Temperature), logPi);
    }

    /// <summary>What counts of a value: its mean less beta deviations. The uncertainty that a maximum would exploit is taken back.</summary>
    /// <param name="mean">mu, any shape.</param>
    /// <param name="deviation">sigma, the same shape.</param>
    /// <param name="beta">Pessimism.</param>
    /// <returns>mu - beta sigma.</returns>
    public static Tensor Pessimistic(Tensor mean, Tensor deviation, double beta) => beta == 0 ? mean : mean - (float)beta * deviation;

    private (Tensor Mean, Tensor Deviation) Values(EnsembleMlp critic, Tensor observations, Tensor actions)     // each [K, rows]
    {
        var outputs = critic.ForwardWithDropout(Tensor.Concat(1, observations, actions), ref _updateRandom);   // [K, rows, 2]
        var rows = outputs.Shape[1];
        return (outputs.Slice(2, 0, 1).Reshape(critic.Members, rows), DiagonalGaussian.SoftplusDeviation(outputs.Slice(2, 1, 1).Reshape(critic.Members, rows)));
    }

    /// <summary>The temperature after an update: it rises where the policy is less random than wanted, falls where it is more, and stays above 0.</summary>
    /// <param name="temperature">alpha.</param>
    /// <param name="rate">Of the critic's optimiser.</param>
    /// <param name="wanted">H-, in nats.</param>
    /// <param name="entropy">H of the batch, in nats.</param>
    /// <returns>alpha exp(rate alpha (H- - H)).</returns>
    public static double NextTemperature(double temperature, double rate, double wanted, double entropy) => temperature * Exponential.Exp(rate * temperature * (wanted - entropy));

    /// <inheritdoc/>
    public void Estimate(ReadOnlySpan<float> observations, ReadOnlySpan<float> unitActions, Span<float> values)
    {
        using var step = Step.Begin(_criticParameters.Device, Gradient.None);
        var rows = values.Length;
        var pairs = Tensor.Concat(1, Tensor.From(observations, rows, _environment.Spec.ObservationSize), Tensor.From(unitActions, rows, _actor.Dimensions));
        _critic.Forward(pairs).Slice(2, 0, 1).Reshape(_critic.Members, rows).Min(0).CopyTo(values);
    }

    /// <summary>Refuses spaces that this learner cannot act in.</summary>
    /// <param name="spec">Of the environment.</param>
    /// <exception cref="UserMistakeException">The action space is not a box.</exception>
    public static void RequireBox(EnvironmentSpec spec)
    {
        if (spec.Actions is ActionSpace.Box) return;
        throw new UserMistakeException(new Mistake("PIL0211", $"{spec.Name} has discrete actions; stac needs real numbers in a box.", "",
            "Use the DQN family for it: pilotage train --algorithm dqn or qr-dqn; or ppo.").ToString());
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write(Steps);
        writer.Write(SurprisedIterations);
        writer.Write(BitConverter.DoubleToInt64Bits(Temperature));
        writer.Write<float>(_actor.Parameters.Values);
        writer.Write<float>(_criticParameters.Values);
        writer.Write<float>(_targetParameters.Values);
        _actorOptimizer.Save(writer);
        _criticOptimizer.Save(writer);
        _replay.Save(writer);
        _recorder.Save(writer);
        _environment.Save(writer);
        _episodes.Save(writer);
        _actionRandom.Save(writer);
        _updateRandom.Save(writer);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        Steps = reader.ReadLong();
        SurprisedIterations = reader.ReadLong();
        Temperature = BitConverter.Int64BitsToDouble(reader.ReadLong());
        reader.ReadInto(_actor.Parameters.Values);
        reader.ReadInto(_criticParameters.Values);
        reader.ReadInto(_targetParameters.Values);
        _actorOptimizer.Load(ref reader);
        _criticOptimizer.Load(ref reader);
        _replay.Load(ref reader);
        _recorder.Load(ref reader);
        _environment.Load(ref reader);
        _episodes.Load(ref reader);
        _actionRandom.Load(ref reader);
        _updateRandom.Load(ref reader);
    }

    private static void Fill(Span<float> normals, ref Randomness random)
    {
        foreach (ref var normal in normals) normal = (float)random.NextNormal();
    }
}
