using System.Buffers;
using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Objectives;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Algorithms;

/// <summary>REINFORCE: the policy's gradient from whole episodes and their returns, with or without a value network as baseline.</summary>
/// <remarks>
/// Source: Williams, "Simple statistical gradient-following algorithms for connectionist reinforcement learning", Machine Learning 8 (1992), eq. 11, for episodes; the
/// baseline that depends on the state: Sutton and Barto, "Reinforcement Learning", 2nd edition, section 13.4.
/// Symbols: N rows, G return, gamma discount, b baseline, M steps of the batch's episodes.
/// Differs from the sources: several episodes per update; each step weighs alike, without the factor gamma^t; Adam; the gradient's norm is limited and what weighs the actions
/// may be normalised. A truncated episode's return goes on with the baseline's value of its true last state; without a baseline nobody can tell, and nothing follows.
/// </remarks>
public sealed class Reinforce : ILearner, IWarmStart
{
    private readonly ReinforceConfig _config;
    private readonly ActorCritic _policy;
    private readonly IVectorEnvironment _environment;
    private readonly Adam _optimizer;
    private readonly EpisodeBatch _batch;
    private readonly ActionBatch _actions;                                               // [N]
    private readonly bool[] _plays;                                                      // whether a row plays an episode of this batch, [N]
    private readonly int[] _lengths;                                                     // steps of each row's episode so far, [N]
    private readonly EpisodeStatistics _episodes;
    private readonly PhaseClock _clock = new();
    private readonly UpdateMeans _means = new("policy_loss", "value_loss", "entropy", "gradient_norm");
    private float[] _advantages = [];                                                    // G - b, [M]
    private Randomness _actionRandom;

    /// <summary>Makes the networks.</summary>
    /// <param name="config">Valid settings.</param>
    /// <param name="environment">N rows; the learner is its only user. Its episodes must end.</param>
    /// <param name="seeds">The run's seed tree.</param>
    /// <param name="device">Where the networks are computed; <see langword="null"/> for <see cref="Device.Managed"/>.</param>
    public Reinforce(ReinforceConfig config, IVectorEnvironment environment, SeedTree seeds, Device? device = null)
    {
        _config = config;
        _environment = NormalizedEnvironment.Around(environment, config.NormalizeObservations, config.NormalizeRewards, config.Discount);
        _policy = new(environment.Spec, config.Hidden, config.Activation, seeds, device, config.InitialDeviation);
        _optimizer = new(_policy.Parameters, config.LearningRate, epsilon: 1e-5);
        Policy = NormalizedPolicy.For(_policy.Greedy, environment, _environment);
        _batch = new(environment);
        _actions = new(environment.Spec.Actions, environment.Rows);
        _plays = new bool[environment.Rows];
        _lengths = new int[environment.Rows];
        _episodes = new(environment.Rows);
        _actionRandom = seeds.Actions.Start();
    }

    /// <inheritdoc/>
    public long Steps { get; private set; }

    /// <inheritdoc/>
    public IPolicy Policy { get; }

    /// <summary>Policy and value network, live; without a baseline the value network is not trained.</summary>
    public ActorCritic Networks => _policy;

    /// <inheritdoc/>
    public IReadOnlyList<WeightBlock> Weights => _policy.Parameters.Blocks;

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Diagnostics { get; private set; } = [];

    /// <inheritdoc/>
    /// <remarks>Before the first batch: for episodes as long as the time limit lets them be, or of a thousand steps where there is none; for a million steps at most.</remarks>
    public MemoryEstimate Memory
    {
        get
        {
            if (_batch.Count == 0) MakeRoom((int)Math.Min(1_000_000, _config.EpisodesPerUpdate * (long)Math.Min(_config.LongestEpisode, _environment.Spec.TimeLimit ?? 1000)));
            var step = MemoryEstimate.OfStep(Loss, _policy.Parameters);
            _means.Take();                                                                // the plan's zeros
            return new(_optimizer.Bytes, step, _batch.Bytes + Buffer.ByteLength(_advantages));
        }
    }

    /// <inheritdoc/>
    public LearnerTiming Timing => _clock.Timing;

    /// <inheritdoc/>
    public void Iterate()
    {
        _clock.Start();
        if (_config.AnnealLearningRate) _optimizer.LearningRate = _config.LearningRate * Math.Max(0, 1 - (double)Steps / _config.Steps);
        Play();
        _batch.Close(_config.Discount);                                                   // G
        MakeRoom(_batch.Count);
        using (Step.Begin(_policy.Parameters.Device))
            _means.Add("gradient_norm", _optimizer.Descend(Loss(), (float)_config.MaximumGradientNorm).GradientNorm);
        _clock.EndLearn();
        Diagnostics =
        [
            new("episode_return", _episodes.MeanReturn), new("episode_length", _episodes.MeanLength), new("episodes", _episodes.Finished),
            new("learning_rate", _optimizer.LearningRate), .. _means.Take(),
        ];
    }

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> WarmStart(Demonstrations shown, SeedTree seeds) =>
        BehaviourCloning.WarmStart(_policy, _environment, shown, _config.Discount, seeds);

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write(Steps);
        writer.Write<float>(_policy.Parameters.Values);
        _optimizer.Save(writer);
        _environment.Save(writer);
        _episodes.Save(writer);
        _actionRandom.Save(writer);
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
    }

    /// <summary>Plays the batch's episodes to their ends. A row whose episode ended begins another one while some are left; then it waits, and what it does does not count.</summary>
    private void Play()
    {
        _batch.Clear();
        _environment.Reset();
        _lengths.AsSpan().Clear();
        var unbegun = _config.EpisodesPerUpdate;
        for (var row = 0; row < _plays.Length; row++) _plays[row] = unbegun-- > 0;
        while (_plays.AsSpan().Contains(value: true))
        {
            var frames = _environment.Frames;
            if (frames.Active.Contains(value: false)) throw new RunFailedException($"{_environment.Spec.Name}: a row is inactive; whole episodes need every row at every step.");
            _batch.Begin(frames);
            _policy.Act(frames, isGreedy: false, ref _actionRandom, _batch.ActionIndices, _batch.ActionValues, logProbabilities: [], values: []);
            _batch.ActionIndices.CopyTo(_actions.Indices);
            _policy.ToBox(_batch.ActionValues, _actions.Values);
            _clock.EndAct();

            var transition = _environment.Step(_actions);
            _clock.EndEnvironment();
            if (_config.Baseline && transition.Ends.Contains(End.Truncated)) ValueFinal(transition);
            _batch.End(transition.Rewards, transition.Ends, _plays);
            Steps += _environment.Rows;
            Count(transition, ref unbegun);
        }
    }

    private void Count(in Transition transition, ref int unbegun)
    {
        _episodes.Add(_environment is NormalizedEnvironment normalized ? normalized.RawRewards : transition.Rewards, transition.Ends, _plays);
        for (var row = 0; row < _plays.Length; row++)
        {
            if (transition.Ends[row] != End.Running)
            {
                _lengths[row] = 0;
                _plays[row] = _plays[row] && unbegun-- > 0;
            }
            else if (++_lengths[row] >= _config.LongestEpisode && _plays[row])
                throw new RunFailedException(
                    $"{_environment.Spec.Name}: an episode goes on after {_lengths[row]} steps; whole episodes must end. Give the environment a time limit, raise longestEpisode, or use ppo or a2c.");
        }
    }

    private void ValueFinal(in Transition transition)
    {
        using var scratch = new Scratch(transition.EndedRows.Length);
        _policy.Value(transition.FinalFrames, scratch.Values);
        for (var i = 0; i < transition.EndedRows.Length; i++) _batch.FinalValues[transition.EndedRows[i]] = scratch.Values[i];
    }

    private void MakeRoom(int steps)
    {
        _batch.Reserve(steps);
        if (_advantages.Length < steps) Array.Resize(ref _advantages, Math.Max(steps, 2 * _advantages.Length));
    }

    private Tensor Loss()
    {
        var (pi, value) = _policy.Forward(_batch.Observations, _batch.Legal);             // over actions; [M]
        var advantages = _advantages.AsSpan(0, _batch.Count);
        advantages.Clear();
        if (_config.Baseline) value.CopyTo(advantages);                                   // b
        for (var i = 0; i < advantages.Length; i++) advantages[i] = _batch.Returns[i] - advantages[i];
        if (_config.NormalizeAdvantages) Standardization.Apply(advantages);
        var policyLoss = PolicyGradient.Weighted(pi.LogProbability(_batch.ChosenIndices, _batch.ChosenValues), Tensor.From(advantages, _batch.Count));   // (G - b) grad log pi
        var valueLoss = ValueLoss.Squared(value, Tensor.From(_batch.Returns, _batch.Count));
        var entropy = pi.MeanEntropy();
        _means.Add("policy_loss", policyLoss.Item());
        if (_config.Baseline) _means.Add("value_loss", valueLoss.Item());
        _means.Add("entropy", entropy.Item());
        var loss = policyLoss - (float)_config.EntropyWeight * entropy;
        return _config.Baseline ? loss + (float)_config.ValueWeight * valueLoss : loss;
    }
}
