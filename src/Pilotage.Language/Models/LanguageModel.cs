using Pilotage.Networks;
using Pilotage.Tensors;

namespace Pilotage.Language.Models;

/// <summary>A decoder-only transformer: each token sees itself and those before it, and every place gives logits of the next token.</summary>
/// <remarks>Radford et al., 2019 (blocks normalised before their parts, smaller last layers); with rotary positions, RMS norms and gated parts Touvron et al., arXiv:2302.13971. Not thread-safe while it learns.</remarks>
public sealed class LanguageModel
{
    private readonly Parameter _embedding;
    private readonly Parameter? _places;
    private readonly Parameter? _head;
    private readonly TransformerBlock[] _blocks;
    private readonly Norm _norm;

    /// <summary>Makes a model with weights drawn from the seed.</summary>
    /// <param name="config">Shape and kind.</param>
    /// <param name="seeds">The run's seed tree; its initialisation branch is drawn from.</param>
    /// <param name="device">Where it is computed; <see langword="null"/> for <see cref="Device.Managed"/>.</param>
    /// <exception cref="ArgumentException">The settings do not fit each other.</exception>
    /// <remarks>
    /// Parameters: <c>embedding</c> [vocabulary, width]; <c>places</c> [context, width] with learned positions; <c>blocks.i…</c> as in <see cref="TransformerBlock"/>; <c>norm…</c>;
    /// <c>head</c> [vocabulary, width] unless tied.
    /// </remarks>
    public LanguageModel(LanguageModelConfig config, SeedTree seeds, Device? device = null) : this(config, new Parameters(device), seeds) { }

    /// <summary>Makes a model in parameters that are still empty.</summary>
    internal LanguageModel(LanguageModelConfig config, Parameters parameters, SeedTree seeds)
    {
        if (config.VocabularySize < 2 || config.Layers < 1 || config.ContextLength < 1)
            throw new ArgumentException($"LanguageModel: {config.VocabularySize} tokens, {config.Layers} layers and a context of {config.ContextLength} do not fit; wanted at least 2, 1 and 1.", nameof(config));
        Config = config;
        Parameters = parameters;
        var random = seeds.Initialisation.Branch("language model").Start();
        var deviation = new Initializer.Normal(0.02);                                     // Radford et al., 2019
        _embedding = Parameters.Add("embedding", new(config.VocabularySize, config.Width), deviation, ref random);
        if (config.Positions == PositionEncoding.Learned) _places = Parameters.Add("places", new(config.ContextLength, config.Width), deviation, ref random);
        _blocks = new TransformerBlock[config.Layers];
        for (var i = 0; i < _blocks.Length; i++) _blocks[i] = new(Parameters, $"blocks.{i}", config.Block, ref random);
        _norm = new(Parameters, "norm", config.Normalization, config.Width, ref random, config.NormEpsilon);
        if (!config.TiedEmbeddings) _head = Parameters.Add("head", new(config.VocabularySize, config.Width), deviation, ref random);
    }

    /// <summary>Shape and kind.</summary>
    public LanguageModelConfig Config { get; }

    /// <summary>All weights.</summary>
    public Parameters Parameters { get; }

    /// <summary>What the last block says of each place, normalised.</summary>
    /// <param name="tokens">[rows, places]; rows that are shorter are filled on the right with any token, which no real place sees.</param>
    /// <returns>[rows, places, width]. A row's bits depend neither on the other rows nor on what fills it.</returns>
    /// <exception cref="ArgumentException">More places than the context has.</exception>
    public Tensor Hidden(Indices tokens)
    {
        var shape = tokens.Shape;
        if (shape.Rank != 2 || shape[1] > Config.ContextLength)
            throw new ArgumentException($"LanguageModel: tokens {shape} do not fit; wanted [rows, places] with at most {Config.ContextLength} places.", nameof(tokens));
        var x = tokens.Embed(_embedding);
        if (_places is not null) x += Tensor.Of(_places).Slice(0, 0, shape[1]);
        foreach (var block in _blocks) x = block.Forward(x);
        return _norm.Forward(x);
    }

    /// <summary>Logits of the next token.</summary>
    /// <param name="hidden">[n, width], rows of <see cref="Hidden"/>.</param>
    /// <returns>[n, vocabulary].</returns>
    public Tensor Logits(Tensor hidden) => hidden.MatMulTransposed(Tensor.Of(_head ?? _embedding));

    /// <summary>What the model says of the response tokens of a batch.</summary>
    /// <param name="batch">Prompts and responses.</param>
    /// <param name="temperature">Logits are divided by it, above 0: that of the sampling, so that ratios are of the distribution that was sampled from.</param>
    /// <param name="legal">[actions, vocabulary] where a grammar rules tokens out; default for all.</param>
    /// <returns>Distributions over the next token at each place where a response token was chosen.</returns>
    public TokenDistributions Forward(SequenceBatch batch, float temperature = 1, Mask legal = default)
    {
        var width = Config.Width;
        var hidden = Hidden(Indices.From(batch.Tokens, batch.Rows, batch.Length)).Reshape(batch.Rows * batch.Length, width);
        var acting = hidden.Gather(Indices.From(batch.PlacesByWidth(width), batch.Actions, width), axis: 0);   // [actions, width]
        var logits = Logits(acting);
        if (temperature != 1) logits /= temperature;
        return new(acting, logits, logits.LogSoftmax(legal), Indices.From(batch.Chosen, batch.Actions));
    }
}
