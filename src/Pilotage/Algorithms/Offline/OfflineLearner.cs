using System.Buffers;
using Pilotage.Experience.Datasets;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Algorithms.Offline;

/// <summary>The one loop of the nine offline algorithms: draw a batch, descend an objective, copy the target.</summary>
/// <remarks>
/// Source: arXiv:2111.04714, section 4, and its code. Symbols: D dataset, M batch size, C target period, theta weights, theta- target weights.
/// Nothing is played: <see cref="Steps"/> counts gradient steps. Batches are drawn with replacement (the code draws each without); target copies are made every C updates.
/// </remarks>
public sealed class OfflineLearner : ILearner
{
    private const int IterationShare = 100;                                              // of all steps, so that curves have points enough
    private const int MostUpdates = 100;                                                 // an iteration
    private readonly OfflineConfig _config;
    private readonly IOfflineObjective _objective;
    private readonly OfflineBatch _batch;                                                // [M]
    private readonly Adam _optimizer;
    private readonly PhaseClock _clock = new();
    private readonly UpdateMeans _means = new("loss", "gradient_norm");
    private readonly int _datasetCount;
    private readonly int _iterationUpdates;
    private Randomness _shuffleRandom;
    private Randomness _objectiveRandom;

    /// <summary>Makes the objective's networks.</summary>
    /// <param name="algorithm">Which of the nine.</param>
    /// <param name="config">Valid settings.</param>
    /// <param name="dataset">What is learned from.</param>
    /// <param name="seeds">The run's seed tree.</param>
    /// <param name="device">Where networks are computed; <see langword="null"/> for <see cref="Device.Managed"/>.</param>
    /// <exception cref="UserMistakeException">The dataset does not suit the algorithm (PIL1301, PIL1302).</exception>
    public OfflineLearner(OfflineEntry algorithm, OfflineConfig config, TransitionDataset dataset, SeedTree seeds, Device? device = null)
    {
        var initial = seeds.Initialisation.Start();
        _config = config;
        OfflineBatch.ActionsOf(dataset.Spec);                                            // refused before networks are made
        _objective = algorithm.Create(config, dataset, ref initial, device);
        _batch = new(dataset, config.BatchSize, config.Discount, _objective.NeedsNextAction);
        _optimizer = new(_objective.Parameters, config.LearningRate);
        _datasetCount = dataset.Count;
        _iterationUpdates = (int)Math.Clamp(config.Steps / IterationShare, 1, MostUpdates);
        _shuffleRandom = seeds.Shuffle.Start();
        _objectiveRandom = seeds.Actions.Start();
    }

    /// <inheritdoc/>
    /// <remarks>Gradient steps: nothing is played.</remarks>
    public long Steps { get; private set; }

    /// <inheritdoc/>
    /// <remarks>Some draw their actions: the algorithm says so.</remarks>
    public IPolicy Policy => _objective.Policy;

    /// <inheritdoc/>
    public IReadOnlyList<WeightBlock> Weights => _objective.Parameters.Blocks;

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Diagnostics { get; private set; } = [];

    /// <inheritdoc/>
    public MemoryEstimate Memory => new(
        _optimizer.Bytes + 2 * sizeof(float) * (long)(_objective.Target?.Values.Length ?? 0),
        MemoryEstimate.OfStep(() => _objective.Loss(_batch), _objective.Parameters),
        _batch.Bytes + sizeof(float) * (long)_datasetCount);

    /// <inheritdoc/>
    public LearnerTiming Timing => _clock.Timing;

    /// <inheritdoc/>
    /// <remarks>A hundredth of the gradient steps, at most a hundred.</remarks>
    public void Iterate()
    {
        _clock.Start();
        for (var i = 0; i < _iterationUpdates && (i == 0 || Steps < _config.Steps); i++) Update();
        _clock.EndLearn();
        Diagnostics = [new("learning_rate", _optimizer.LearningRate), .. _means.Take()];
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write(Steps);
        writer.Write<float>(_objective.Parameters.Values);
        if (_objective.Target is { } target) writer.Write<float>(target.Values);
        _optimizer.Save(writer);
        _shuffleRandom.Save(writer);
        _objectiveRandom.Save(writer);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        Steps = reader.ReadLong();
        reader.ReadInto(_objective.Parameters.Values);
        if (_objective.Target is { } target) reader.ReadInto(target.Values);
        _optimizer.Load(ref reader);
        _shuffleRandom.Load(ref reader);
        _objectiveRandom.Load(ref reader);
    }

    private void Update()
    {
        _batch.Draw(ref _shuffleRandom);
        _objective.Prepare(_batch, ref _objectiveRandom);
        using (Step.Begin(_objective.Parameters.Device))
        {
            var update = _optimizer.Descend(_objective.Loss(_batch));
            _means.Add("loss", update.Loss);
            _means.Add("gradient_norm", update.GradientNorm);
        }
        if (++Steps % _config.TargetPeriod == 0) _objective.Target?.BlendFrom(_objective.Parameters, 1);
    }
}
