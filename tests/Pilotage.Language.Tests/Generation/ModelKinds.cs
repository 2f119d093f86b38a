using Pilotage.Language.Models;
using Pilotage.Networks;
using Pilotage.Tensors;

namespace Pilotage.Language.Tests.Generation;

/// <summary>Models of every kind that generation must agree with, small, with biases and gains that are not what they begin as.</summary>
internal static class ModelKinds
{
    public static IReadOnlyDictionary<string, LanguageModelConfig> All { get; } = new Dictionary<string, LanguageModelConfig>
    {
        ["gpt2"] = new() { VocabularySize = 23, Width = 32, Heads = 4, Layers = 2, ContextLength = 80 },
        ["narrow vocabulary"] = new() { VocabularySize = 9, Width = 24, Heads = 3, Layers = 2, ContextLength = 80 },
        ["untied, no biases"] = new() { VocabularySize = 70, Width = 40, Heads = 2, Layers = 1, ContextLength = 80, TiedEmbeddings = false, Biases = BiasPlaces.None },
        ["llama"] = new()
        {
            VocabularySize = 33, Width = 48, Heads = 6, KeyHeads = 2, Layers = 2, ContextLength = 80, Positions = PositionEncoding.Rotary,
            Normalization = Normalization.RootMeanSquare, FeedForward = FeedForward.GatedSilu, Biases = BiasPlaces.None,
        },
        ["llama with biases, untied"] = new()
        {
            VocabularySize = 130, Width = 36, Heads = 2, KeyHeads = 1, Layers = 3, ContextLength = 80, Positions = PositionEncoding.Rotary, RotaryBase = 500,
            Normalization = Normalization.RootMeanSquare, FeedForward = FeedForward.GatedSilu, TiedEmbeddings = false, HiddenWidth = 50, NormEpsilon = 1e-3f,
        },
        ["qwen2"] = new()
        {
            VocabularySize = 33, Width = 48, Heads = 3, KeyHeads = 3, Layers = 2, ContextLength = 80, Positions = PositionEncoding.Rotary,
            Normalization = Normalization.RootMeanSquare, FeedForward = FeedForward.GatedSilu, Biases = BiasPlaces.QueryKeyValue,
        },
        ["relu, no norm"] = new()
        {
            VocabularySize = 20, Width = 20, Heads = 4, Layers = 2, ContextLength = 80, Normalization = Normalization.None, FeedForward = FeedForward.Relu,
        },
        ["wide"] = new() { VocabularySize = 300, Width = 272, Heads = 2, Layers = 1, HiddenWidth = 300, ContextLength = 80, Positions = PositionEncoding.Rotary },
    };

    public static LanguageModel Make(string kind, Device? device = null, long seed = 5)
    {
        var model = new LanguageModel(All[kind], SeedTree.Root(seed), device);
        var random = new Randomness(77);
        foreach (var parameter in model.Parameters.All)
        {
            var scale = parameter.Name.EndsWith("weight", StringComparison.Ordinal) ? 1.5f : 1;
            foreach (ref var value in parameter.Values) value = value * scale + 0.2f * (float)random.NextNormal();
        }
        return model;
    }
}
