using System.Buffers;
using Pilotage.Credit;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Numerics;
using Pilotage.Tensors;

namespace Pilotage.Systems.Language.DcpoDistribution;

/// <summary>Distribution-centric policy optimisation: group-relative training whose entropy is held at a set point by a virtual distribution that is never drawn from.</summary>
/// <remarks>
/// Source: arXiv:2601.12730; order and constants of the authors' released code.
/// Symbols: H entropy of the update before, H0 set point, T temperature of the virtual distribution, c and alpha weight of the regulariser, A advantage of a response in its group,
/// rho = pi_old^T / pi_old at a token, r = pi / pi_old.
/// Differs from the paper: the entropy is measured before the first update, not taken for 0; no correct answer makes alpha 0 in the place of a division by zero; rho can be capped.
/// </remarks>
/// <param name="config">Valid settings.</param>
/// <param name="model">What learns, usually warm-started.</param>
/// <param name="sampler">Draws from the model and judges; without filters, so that pi_old is what is drawn from.</param>
/// <param name="problems">What is asked.</param>
/// <param name="seeds">The run's seed tree.</param>
public sealed class Dcpo(DcpoConfig config, LanguageModel model, GroupSampler sampler, ProblemStream problems, SeedTree seeds) : ILanguageLearner
{
    private readonly Adam _optimizer = new(model.Parameters, config.Batch.LearningRate);
    private readonly TokenFigures _figures = new();
    private Randomness _shuffle = seeds.Shuffle.Start();
    private double _target = double.NaN, _entropy = double.NaN;                           // H0 and H, known from the first batch on
    private double _measured;                                                             // sum over updates of an iteration

    /// <inheritdoc/>
    public LanguageModel Model => model;

    /// <inheritdoc/>
    public long Steps { get; private set; }

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Diagnostics { get; private set; } = [];

    /// <inheritdoc/>
    public void Iterate(CancellationToken cancellation = default)
    {
        var batch = config.Batch;
        var groups = sampler.Sample(problems.Take(batch.Prompts), batch.GroupSize, seeds.Actions.Branch((int)Steps), Steps, cancellation);
        var rows = TokenRow.Of(groups, (rewards, advantages) => GroupScores.Standardize(rewards, advantages), Steps);      // A
        if (Steps == 0) Begin(rows);

        var correct = rows.Average(row => IsCorrect(row) ? 1.0 : 0);
        var reading = new EntropyThermostat(_target, config.HotTemperature, config.ColdTemperature, config.LargestError).Read(_entropy, correct);   // T, c, alpha
        rows = Credited(rows, reading);                                                                                     // A'

        var (used, updates) = (_entropy, 0);
        _measured = 0;
        for (var epoch = 0; epoch < batch.Epochs; epoch++)
        {
            foreach (var minibatch in new TokenBatch(rows, Aggregation.TokenMean).Minibatches(batch.Minibatches, ref _shuffle))
            {
                _figures.Add(_optimizer.Descend(minibatch, Loss, batch.MaximumGradientNorm, batch.TokenBudget));
                updates++;
            }
        }
        _entropy = _measured / updates;                                                                                     // H of the next iteration
        Diagnostics =
        [
            .. GroupFigures.Of(groups, Steps++).Named, new("correct_share", correct), new("thermostat_entropy", used), new("thermostat_target", _target),
            new("thermostat_temperature", reading.Temperature), new("thermostat_weight", reading.Weight), .. _figures.Take(),
        ];
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write(Steps);
        writer.Write<float>(model.Parameters.Values);
        _optimizer.Save(writer);
        problems.Save(writer);
        _shuffle.Save(writer);
        writer.Write<double>([_target, _entropy]);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        Steps = reader.ReadLong();
        reader.ReadInto(model.Parameters.Values);
        _optimizer.Load(ref reader);
        problems.Load(ref reader);
        _shuffle.Load(ref reader);
        var state = new double[2];
        reader.ReadInto<double>(state);
        (_target, _entropy) = (state[0], state[1]);
    }

    private Tensor Loss(TokenBatch batch)
    {
        var pi = model.Forward(batch.Sequences, sampler.Sampling.Temperature);
        var logRatio = batch.LogRatio(pi);
        _figures.Add(logRatio, pi.Entropy, config.Clip.LowerRadius, config.Clip.UpperRadius);
        _measured += batch.Aggregate(config.EntropyEstimator == EntropyEstimator.Sampled ? -pi.LogProbability : pi.Entropy).Item();
        return batch.Aggregate(config.Clip.Terms(logRatio, batch.Advantages));                                              // max(-A' r, -A' clip r), at most -3 A' for A' < 0
    }

    // A' = (1 - alpha) A + alpha 1[correct] rho, all under the policy that drew.
    private IReadOnlyList<TokenRow> Credited(IReadOnlyList<TokenRow> rows, ThermostatReading reading)
    {
        if (reading.Weight == 0) return rows;
        var credits = new Dictionary<TokenRow, float[]>(ReferenceEqualityComparer.Instance);
        foreach (var part in new TokenBatch([.. rows.Where(IsCorrect)]).Parts(config.Batch.TokenBudget))
        {
            using var step = Step.Begin(model.Parameters.Device, Gradient.None);
            var actions = part.Sequences.Actions;
            var pi = model.Forward(part.Sequences, sampler.Sampling.Temperature);
            var logRatio = config.UseRatio ? VirtualDistribution.LogRatio(pi.LogPi, pi.Chosen, reading.Temperature) : Tensor.Filled(0, actions);
            var credit = new float[actions];
            VirtualDistribution.Mix(part.Advantages, Tensor.Filled(1, actions), logRatio, reading.Weight, config.RatioCap ?? double.PositiveInfinity, config.CentreRatio ? 1 : 0).CopyTo(credit);
            for (var row = 0; row < part.Rows.Count; row++) credits[part.Rows[row]] = credit[part.Sequences.ActionsOf(row)];
        }
        var rest = (float)(1 - reading.Weight);
        return [.. rows.Select(row => row with { Advantages = credits.GetValueOrDefault(row) ?? Array.ConvertAll(row.Advantages, advantage => advantage * rest) })];
    }

    private bool IsCorrect(TokenRow row) => row.Reward > config.SuccessThreshold;

    private void Begin(IReadOnlyList<TokenRow> rows)
    {
        var entropy = config.EntropyEstimator == EntropyEstimator.Sampled ? PolicyEntropy.Sampled(rows) : PolicyEntropy.Exact(model, rows, sampler.Sampling.Temperature, config.Batch.TokenBudget);
        _target = config.TargetEntropy ?? config.TargetFraction * entropy;
        _entropy = config.ReleasedFirstStep ? 0 : entropy;
        var highest = Logarithm.Log(model.Config.VocabularySize);
        if (_target <= highest) return;
        throw new UserMistakeException(new Mistake("PIL1884",
            FormattableString.Invariant($"The set point of {_target:0.###} nats is above ln {model.Config.VocabularySize} = {highest:0.###}, the entropy of drawing among all tokens alike."), "targetEntropy, targetFraction",
            FormattableString.Invariant($"Give a set point below it; the model begins at {entropy:0.###} nats.")).ToString());
    }
}
