using Pilotage.Networks;

namespace Pilotage.Language.Models;

/// <summary>Shape and kind of a decoder-only transformer. The defaults are those of GPT-2's block at a small size; <see cref="PositionEncoding.Rotary"/>, <see cref="Normalization.RootMeanSquare"/> and <see cref="FeedForward.GatedSilu"/> make it Llama's.</summary>
public sealed record LanguageModelConfig
{
    /// <summary>Tokens that the model knows, at least 2. A tokenizer may use fewer, never more.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Numbers per token, a multiple of <see cref="Heads"/>.</summary>
    public int Width { get; init; } = 64;

    /// <summary>Blocks, at least 1.</summary>
    public int Layers { get; init; } = 2;

    /// <summary>Query heads.</summary>
    public int Heads { get; init; } = 4;

    /// <summary>Key and value heads, a divisor of <see cref="Heads"/>; <see langword="null"/> for as many.</summary>
    public int? KeyHeads { get; init; }

    /// <summary>Width inside the feed-forward part; <see langword="null"/> for <see cref="TransformerSettings.HiddenWidth"/>'s default.</summary>
    public int? HiddenWidth { get; init; }

    /// <summary>Most tokens of a sequence, prompt and response together.</summary>
    public int ContextLength { get; init; } = 128;

    /// <summary>How places enter.</summary>
    public PositionEncoding Positions { get; init; } = PositionEncoding.Learned;

    /// <summary>Base of rotary positions.</summary>
    public float RotaryBase { get; init; } = 10_000;

    /// <summary>Before attention, before the feed-forward part, and behind the last block.</summary>
    public Normalization Normalization { get; init; } = Normalization.Layer;

    /// <summary>Added to the variance or mean square before its root, above 0; <see langword="null"/> for 1e-5 in layer normalisation and 1e-6 in root-mean-square.</summary>
    public float? NormEpsilon { get; init; }

    /// <summary>The feed-forward part.</summary>
    public FeedForward FeedForward { get; init; } = FeedForward.Gelu;

    /// <summary>Which linear layers have biases: <see cref="BiasPlaces.None"/> in Llama, <see cref="BiasPlaces.QueryKeyValue"/> in Qwen2.</summary>
    public BiasPlaces Biases { get; init; } = BiasPlaces.All;

    /// <summary>Whether the logits are products with the rows of the embedding, instead of with a matrix of their own.</summary>
    public bool TiedEmbeddings { get; init; } = true;

    /// <summary>Each of the blocks.</summary>
    internal TransformerSettings Block => new()
    {
        Width = Width, Heads = Heads, KeyHeads = KeyHeads, HiddenWidth = HiddenWidth, FeedForward = FeedForward, Normalization = Normalization, NormEpsilon = NormEpsilon,
        IsCausal = true, RotaryBase = Positions == PositionEncoding.Rotary ? RotaryBase : null, Biases = Biases, Depth = Layers,
    };

    /// <summary><see cref="NormEpsilon"/>, found.</summary>
    internal float NormEpsilonOrDefault => NormEpsilon ?? Norm.DefaultEpsilon(Normalization);

    /// <summary>Two blocks of 64, context 128: some 0.12 million parameters with a vocabulary of 64.</summary>
    /// <param name="vocabularySize">Tokens.</param>
    /// <returns>The settings.</returns>
    public static LanguageModelConfig Nano(int vocabularySize) => new() { VocabularySize = vocabularySize };

    /// <summary>Three blocks of 96, context 256: some 0.36 million parameters.</summary>
    /// <param name="vocabularySize">Tokens.</param>
    /// <returns>The settings.</returns>
    public static LanguageModelConfig Micro(int vocabularySize) => new() { VocabularySize = vocabularySize, Layers = 3, Width = 96, ContextLength = 256 };

    /// <summary>Five blocks of 128, context 256: some 1 million parameters.</summary>
    /// <param name="vocabularySize">Tokens.</param>
    /// <returns>The settings.</returns>
    public static LanguageModelConfig Mini(int vocabularySize) => new() { VocabularySize = vocabularySize, Layers = 5, Width = 128, ContextLength = 256 };

    /// <summary>Six blocks of 368 with rotary positions, root-mean-square norms and gated parts, context 512: some 10 million parameters.</summary>
    /// <param name="vocabularySize">Tokens.</param>
    /// <returns>The settings.</returns>
    public static LanguageModelConfig Small(int vocabularySize) => new()
    {
        VocabularySize = vocabularySize, Layers = 6, Width = 384, Heads = 6, ContextLength = 512, Positions = PositionEncoding.Rotary,
        Normalization = Normalization.RootMeanSquare, FeedForward = FeedForward.GatedSilu, Biases = BiasPlaces.None,
    };
}
