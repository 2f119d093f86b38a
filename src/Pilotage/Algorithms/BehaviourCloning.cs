using System.Buffers;
using Pilotage.Environments;
using Pilotage.Experience;
using Pilotage.Policies;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Algorithms;

/// <summary>Behaviour cloning: learns to do what a demonstrator did, as a classifier or a regression learns, and what that earned.</summary>
/// <remarks>
/// Source: Pomerleau, "ALVINN", NIPS 1988; Bain and Sammut, "A framework for behavioural cloning", 1995. Symbols: pi policy, a demonstrated action, G discounted return, V value,
/// M batch size, beta entropy weight. Loss: -log pi(a | s) - beta H(pi) + c (V(s) - G)^2 over legal actions. The deviation of real-valued actions stays as it began: a rule
/// that draws nothing would shrink it to nothing, and with it what a learner that goes on from here can try. Whole pieces of play are held back;
/// the pass of the least -log pi on them is kept. The critic, which shares no weights, keeps its last. Truncated and cut pieces bootstrap from their true last frame.
/// One iteration records and fits: there is nothing to look at in between.
/// </remarks>
public sealed class BehaviourCloning : ILearner
{
    private readonly BehaviourCloningConfig _config;
    private readonly IPolicy _demonstrator;
    private readonly IVectorEnvironment _environment;
    private readonly ActorCritic _networks;
    private readonly ObservationNormalizer? _normalizer;
    private readonly SeedTree _seeds;
    private readonly PhaseClock _clock = new();

    /// <summary>Makes the networks.</summary>
    /// <param name="config">Valid settings.</param>
    /// <param name="demonstrator">Whose play is learned; its mistakes are named.</param>
    /// <param name="environment">N rows; the learner is its only user.</param>
    /// <param name="seeds">The run's seed tree.</param>
    /// <param name="device">Where the networks are computed; <see langword="null"/> for <see cref="Device.Managed"/>.</param>
    public BehaviourCloning(BehaviourCloningConfig config, IPolicy demonstrator, IVectorEnvironment environment, SeedTree seeds, Device? device = null)
    {
        (_config, _demonstrator, _environment, _seeds) = (config, demonstrator, environment, seeds);
        _networks = new(environment.Spec, config.Hidden, config.Activation, seeds, device);
        _normalizer = config.NormalizeObservations ? new ObservationNormalizer(environment.Spec.ObservationSize) : null;
        Policy = _normalizer is null ? _networks.Greedy : new NormalizedPolicy(_networks.Greedy, _normalizer);
    }

    /// <inheritdoc/>
    /// <remarks>Steps of the demonstrator.</remarks>
    public long Steps { get; private set; }

    /// <inheritdoc/>
    public IPolicy Policy { get; }

    /// <summary>Policy and value network, live.</summary>
    public ActorCritic Networks => _networks;

    /// <inheritdoc/>
    public IReadOnlyList<WeightBlock> Weights => _networks.Parameters.Blocks;

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, double>> Diagnostics { get; private set; } = [];

    /// <inheritdoc/>
    public MemoryEstimate Memory => new(4L * sizeof(float) * _networks.Parameters.Values.Length, 0, _config.Steps * (4L * _environment.Spec.ObservationSize + 16));

    /// <inheritdoc/>
    public LearnerTiming Timing => _clock.Timing;

    /// <inheritdoc/>
    public void Iterate()
    {
        _clock.Start();
        var shown = DemonstrationRecorder.Record(_demonstrator, _environment, _config.Steps, _seeds);
        Steps = shown.Count;
        _clock.EndEnvironment();
        _normalizer?.Update(new(shown.Count, shown.Observations));
        var figures = Fit(_networks, _normalizer is null ? shown : shown.Normalized(_normalizer), _config, _seeds);
        _clock.EndLearn();
        var ended = shown.Episodes.Where(episode => episode.End != End.Running).ToList();
        var earned = ended.Select(episode => Sum(shown.Rewards.Slice(episode.Start, episode.Length))).ToList();
        Diagnostics =
        [
            new("episode_return", earned.Count > 0 ? earned.Average() : double.NaN), new("episode_length", ended.Count > 0 ? ended.Average(episode => episode.Length) : double.NaN),
            new("episodes", ended.Count), .. figures,
        ];
    }

    /// <inheritdoc/>
    public void Save(IBufferWriter<byte> writer)
    {
        writer.Write(Steps);
        writer.Write<float>(_networks.Parameters.Values);
        _normalizer?.Save(writer);
        _environment.Save(writer);
    }

    /// <inheritdoc/>
    public void Load(ref SequenceReader<byte> reader)
    {
        Steps = reader.ReadLong();
        reader.ReadInto(_networks.Parameters.Values);
        _normalizer?.Load(ref reader);
        _environment.Load(ref reader);
    }

    /// <summary>Fits an actor-critic to demonstrations.</summary>
    /// <param name="networks">Their weights are changed, but for the deviation of real-valued actions.</param>
    /// <param name="shown">Observations as the networks see them.</param>
    /// <param name="config">Valid settings; sizes of networks are not read.</param>
    /// <param name="seeds">Splits and shuffles.</param>
    /// <returns>Passes, losses, and the share of held back choices that are the most probable ones.</returns>
    /// <exception cref="UserMistakeException">There are fewer than two steps (PIL1105).</exception>
    public static IReadOnlyList<KeyValuePair<string, double>> Fit(ActorCritic networks, Demonstrations shown, BehaviourCloningConfig config, SeedTree seeds)
    {
        var fit = new CloningFit(networks, shown, config, seeds);
        var (best, bestPass) = (double.PositiveInfinity, 0);
        for (var pass = 1; pass <= config.Passes && pass - bestPass <= config.Patience; pass++)
        {
            fit.Pass();
            var loss = fit.ValidationLoss();
            if (loss >= best) continue;
            (best, bestPass) = (loss, pass);
            fit.KeepActor();
        }
        fit.RestoreActor();
        return [new("clone_loss", best), new("clone_passes", bestPass), new("clone_agreement", fit.Agreement()), .. fit.Figures()];
    }

    /// <summary>What <see cref="IWarmStart"/> means for a learner with an actor-critic: normalise by what was seen, clone the actor, fit the critic, begin new episodes.</summary>
    /// <param name="networks">The learner's.</param>
    /// <param name="environment">The learner's; if it normalises observations, its statistics learn the demonstrated ones first. With scaled rewards the critic waits: their scale is not known yet.</param>
    /// <param name="shown">On raw observations.</param>
    /// <param name="discount">gamma of the learner.</param>
    /// <param name="seeds">Splits and shuffles.</param>
    /// <returns>As <see cref="Fit"/>.</returns>
    internal static IReadOnlyList<KeyValuePair<string, double>> WarmStart(
        ActorCritic networks, IVectorEnvironment environment, Demonstrations shown, double discount, SeedTree seeds)
    {
        var normalized = environment as NormalizedEnvironment;
        normalized?.Observations?.Update(new(shown.Count, shown.Observations));
        var seen = normalized?.Observations is { } normalizer ? shown.Normalized(normalizer) : shown;
        var config = new BehaviourCloningConfig { Discount = discount };
        if (normalized?.RewardScaler is not null) config = config with { ValueWeight = 0 };
        var figures = Fit(networks, seen, config, seeds);
        environment.Reset();
        return figures;
    }

    private static double Sum(ReadOnlySpan<float> rewards)
    {
        var sum = 0.0;
        foreach (var reward in rewards) sum += reward;
        return sum;
    }
}
