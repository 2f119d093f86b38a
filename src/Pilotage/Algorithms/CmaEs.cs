using System.Buffers;
using Pilotage.Algorithms.Evolution;
using Pilotage.Environments;
using Pilotage.Evaluation;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Algorithms;

/// <summary>Evolves the weights of a small policy network by covariance matrix adaptation: no gradients, no values, whole episodes alone.</summary>
/// <remarks>
/// Source: Hansen, arXiv:1604.00772, on weights as in Heidrich-Meisner and Igel, "Neuroevolution strategies for episodic reinforcement learning", Journal of Algorithms 64 (2009).
/// Symbols: m mean of the weights, lambda candidates. A generation: the mean plays, which is the curve and teaches the normaliser; then each candidate plays the same episodes,
/// and the candidates' order moves the distribution. Candidates act by the most probable action, or the mean of a box; nothing is drawn.
/// Differs from the source: observations are normalised by what the mean's episodes showed; statistics stand still while candidates are compared.
/// </remarks>
public sealed class CmaEs : ILearner
{
    private readonly CmaEsConfig _config;
    private readonly Func<int, SeedTree, IVectorEnvironment> _make;
    private readonly SeedTree _seeds;
    private readonly ActorCritic _networks;                                               // of whose weights only the actor's are searched
    private readonly IReadOnlyList<WeightBlock> _searched;
    private readonly ObservationNormalizer? _normalizer;
    private readonly CovarianceAdaptation _search;
    private readonly double[] _costs;                                                     // minus the mean returns, [lambda]
    private readonly PhaseClock _clock = new();

    /// <summary>Makes the network and begins around weights of 0.</summary>
    /// <param name="config">Valid settings.</param>
    /// <param name="make">Makes the environment from a number of rows and a seed node; called for each candidate.</param>
    /// <param name="seeds">The run's seed tree.</param>
    /// <param name="device">Where the network is computed; <see langword="null"/> for <see cref="Device.Managed"/>.</param>
    public CmaEs(CmaEsConfig config, Func<int, SeedTree, IVectorEnvironment> make, SeedTree seeds, Device? device = null)
    {
        var spec = make(1, seeds.Environments).Spec;
        (_config, _make, _seeds) = (config, make, seeds);
        _networks = new(spec, config.Hidden, config.Activation, seeds, device);
        _searched = [.. _networks.Parameters.Blocks.Where(block => block.Name.StartsWith("policy.", StringComparison.Ordinal) && block.Name != "policy.log_deviation")];
        _normalizer = config.NormalizeObservations ? new ObservationNormalizer(spec.ObservationSize) : null;
        Policy = _normalizer is null ? _networks.Greedy : new NormalizedPolicy(_networks.Greedy, _normalizer);
        _search = new(new double[_searched.Sum(block => block.Values.Length)], config.InitialDeviation, seeds.Branch("evolution"), config.Population, config.Covariance);
        _costs = new double[_search.Population];
        SetWeights(_search.Mean);
    }

    /// <inheritdoc/>
    public long Steps { get; private set; }

    /// <inheritdoc/>
    public IPolicy Policy { get; }

    /// <summary>The distribution of weights, live.</summary>
    public CovarianceAdaptation Search => _search;

    /// <inheritdoc/>
    public IReadOnlyList<WeightBlock> Weights => _searched;

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Diagnostics { get; private set; } = [];

    /// <inheritdoc/>
    public MemoryEstimate Memory => new(_search.Bytes + sizeof(float) * (long)_networks.Parameters.Values.Length, 0, 0);

    /// <inheritdoc/>
    public LearnerTiming Timing => _clock.Timing;

    /// <inheritdoc/>
    public void Iterate()
    {
        _clock.Start();
        var node = _seeds.Branch((int)_search.Generation);
        var own = Play(node.Branch("mean"), isLearning: true);

        var candidates = _search.Ask();
        _clock.EndLearn();
        for (var k = 0; k < _costs.Length; k++)
        {
            SetWeights(candidates.Slice(k * _search.Parameters, _search.Parameters));
            _costs[k] = -Play(node, isLearning: false).Mean;
        }
        _search.Tell(_costs);
        SetWeights(_search.Mean);
        _clock.EndLearn();
        Diagnostics =
        [
            new("episode_return", own.Mean), new("episode_length", own.Lengths.Average()), new("candidate_return", -_costs.Average()), new("best_return", -_costs.Min()),
            new("deviation", _search.Deviation), new("generation", _search.Generation),
        ];
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write(Steps);
        _search.Save(writer);
        _normalizer?.Save(writer);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        Steps = reader.ReadLong();
        _search.Load(ref reader);
        _normalizer?.Load(ref reader);
        SetWeights(_search.Mean);
    }

    // Playing is acting and environment at once, told as the environment's time.
    private EpisodeReturns Play(SeedTree node, bool isLearning)
    {
        var played = PolicyEvaluation.Run(_networks.Greedy, Make, _config.Episodes, node, _config.Episodes);
        Steps += played.Lengths.Sum(length => (long)length);
        _clock.EndEnvironment();
        return played;

        IVectorEnvironment Make(int rows, SeedTree seeds) =>
            _normalizer is null ? _make(rows, seeds) : new NormalizedEnvironment(_make(rows, seeds), _normalizer, rewards: null, isFrozen: !isLearning);
    }

    private void SetWeights(ReadOnlySpan<double> weights)
    {
        foreach (var block in _searched)
        {
            var values = block.Values.Span;
            for (var i = 0; i < values.Length; i++) values[i] = (float)weights[i];
            weights = weights[values.Length..];
        }
    }
}
