using Pilotage.Language.Checkpoints;
using Pilotage.Language.Generation;
using Pilotage.Language.Models;
using Pilotage.Language.Tokenizers;
using Pilotage.Networks;
using Pilotage.Tensors;
using Pilotage.Testing;
using Pilotage.Testing.Reference;
using Pilotage.Training;
using Xunit;

namespace Pilotage.Language.Tests.Checkpoints;

public sealed class CheckpointFolderTests
{
    private static readonly int[] Tokens = [3, 1, 4, 1, 5, 9, 2, 6, 10, 0];

    public static TheoryData<string> Kinds => [.. Models.Keys];

    private static Dictionary<string, Func<StoredModel>> Models => new()
    {
        ["llama, as many key heads"] = () => new("llama", keyHeads: 4),
        ["llama, grouped queries"] = () => new("llama", keyHeads: 2),
        ["llama, one key head, tied"] = () => new("llama", keyHeads: 1, isTied: true),
        ["llama, biases in attention"] = () => new("llama", attentionBias: true),
        ["llama, biases everywhere"] = () => new("llama", attentionBias: true, mlpBias: true) { RotaryBase = 10_000, Epsilon = 1e-6 },
        ["llama, biases behind attention alone"] = () => new("llama", mlpBias: true),
        ["qwen2, grouped queries"] = () => new("qwen2", keyHeads: 2) { RotaryBase = 1_000_000, Epsilon = 1e-5 },
        ["qwen2, tied"] = () => new("qwen2", keyHeads: 4, isTied: true),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Load_StoredModel_ComputesWhatPlainLoopsInDoubleCompute(string kind)
    {
        var stored = Models[kind]();
        using var folder = new TemporaryFolder();
        stored.Write(folder.Path);

        var model = CheckpointFolder.Load(folder.Path).Model;

        AssertLogits(StoredModelOracle.Logits(stored, Tokens), Logits(model, Tokens));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Load_OnTheReferenceDevice_ComputesTheSame(string kind)
    {
        var stored = Models[kind]();
        using var folder = new TemporaryFolder();
        stored.Write(folder.Path);

        var model = CheckpointFolder.Load(folder.Path, new ReferenceDevice()).Model;

        AssertLogits(StoredModelOracle.Logits(stored, Tokens), Logits(model, Tokens));
    }

    [Theory]
    [InlineData(FloatFormat.F32)]
    [InlineData(FloatFormat.BF16)]
    [InlineData(FloatFormat.F16)]
    public void Load_ShardsOfAFormat_ComputesWithTheirNumbers(FloatFormat format)
    {
        var stored = new StoredModel("qwen2").Rounded(format);
        using var folder = new TemporaryFolder();
        stored.Write(folder.Path, format, shards: 3);

        AssertLogits(StoredModelOracle.Logits(stored, Tokens), Logits(CheckpointFolder.Load(folder.Path).Model, Tokens));
    }

    [Theory]
    [InlineData(FloatFormat.F32, 1)]
    [InlineData(FloatFormat.BF16, 3)]
    [InlineData(FloatFormat.F16, 2)]
    public void SaveAfterLoad_EveryTensor_HasTheBytesOfTheOriginal(FloatFormat format, int shards)
    {
        var stored = new StoredModel("qwen2").Rounded(format);
        using var folder = new TemporaryFolder();
        stored.Write(folder.In("original"), format, shards);

        CheckpointFolder.Save(folder.In("copy"), CheckpointFolder.Load(folder.In("original")).Model, format: format, maximumShardBytes: 2_000);

        using var original = SafetensorsSet.Open(folder.In("original"));
        using var copy = SafetensorsSet.Open(folder.In("copy"));
        Assert.True(copy.Files.Count > 1);
        Assert.Equal(original.Tensors.Select(tensor => (tensor.Name, tensor.DataType, string.Join(',', tensor.Shape))).Order(), copy.Tensors.Select(tensor => (tensor.Name, tensor.DataType, string.Join(',', tensor.Shape))).Order());
        foreach (var tensor in original.Tensors) Assert.Equal(original.ShardOf(tensor.Name).Bytes(tensor.Name), copy.ShardOf(tensor.Name).Bytes(tensor.Name));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void SaveAfterLoad_Config_IsTheSameModel(string kind)
    {
        using var folder = new TemporaryFolder();
        Models[kind]().Write(folder.In("original"));
        var loaded = CheckpointFolder.Load(folder.In("original")).Model;

        CheckpointFolder.Save(folder.In("copy"), loaded);

        var again = CheckpointFolder.Load(folder.In("copy")).Model;
        Assert.Equal(loaded.Config, again.Config);
        Assert.Equal(ParameterHash.Of(loaded.Parameters.Blocks), ParameterHash.Of(again.Parameters.Blocks));
        Assert.Contains($"\"model_type\": \"{kind.Split(',')[0]}\"", File.ReadAllText(folder.In("copy/config.json")), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Load_ModelThatGenerates_HasTheBitsOfItsForwardPass(string kind)
    {
        using var folder = new TemporaryFolder();
        Models[kind]().Write(folder.Path);
        var model = CheckpointFolder.Load(folder.Path).Model;

        var completion = new Generator(model).Generate([new(new[] { 3, 1, 4 }, SeedTree.Root(9), 12)], new())[0];

        using var step = Step.Begin(gradient: Gradient.None);
        var forward = new float[completion.Tokens.Length];
        model.Forward(new([new(new[] { 3, 1, 4 }, completion.Tokens)])).LogProbability.CopyTo(forward);
        Assert.Equal(forward, completion.LogProbabilities);
    }

    [Fact]
    public void Load_TiedModelThatStoresItsHeadToo_UsesTheEmbedding()
    {
        var stored = new StoredModel("llama", isTied: true);
        var written = new StoredModel("llama");
        using var folder = new TemporaryFolder();
        written.Write(folder.Path);
        File.WriteAllText(folder.In("config.json"), stored.Config());

        AssertLogits(StoredModelOracle.Logits(stored, Tokens), Logits(CheckpointFolder.Load(folder.Path).Model, Tokens));
    }

    [Fact]
    public void Load_BaseAmongRopeParameters_IsRead()
    {
        using var folder = new TemporaryFolder();
        var stored = new StoredModel("llama");
        stored.Write(folder.Path);
        File.WriteAllText(folder.In("config.json"), stored.Config().Replace("\"rope_theta\": 500", "\"rope_parameters\": {\"rope_type\": \"default\", \"rope_theta\": 500}", StringComparison.Ordinal));

        Assert.Equal(500, CheckpointFolder.ReadConfig(folder.Path).RotaryBase);
    }

    [Fact]
    public void Save_OwnModelAndWords_ComeBackWithEveryBit()
    {
        var tokenizer = new WordTokenizer(["one", "two", "\"three\"", "<four>", "é"]);
        var model = new LanguageModel(LanguageModelConfig.Nano(12) with { NormEpsilon = 1e-3f, Biases = BiasPlaces.AttentionOutput | BiasPlaces.FeedForward, KeyHeads = 2 }, SeedTree.Root(3));
        using var folder = new TemporaryFolder();

        CheckpointFolder.Save(folder.Path, model, tokenizer);
        var (loaded, loadedTokenizer) = CheckpointFolder.Load(folder.Path);

        Assert.Equal(model.Config with { HiddenWidth = 256 }, loaded.Config);
        Assert.Equal(ParameterHash.Of(model.Parameters.Blocks), ParameterHash.Of(loaded.Parameters.Blocks));
        Assert.Equal(tokenizer.Hash, loadedTokenizer!.Hash);
        Assert.Equal(Logits(model, Tokens)[^1], Logits(loaded, Tokens)[^1]);
    }

    [Fact]
    public void Save_Characters_ComeBack()
    {
        var tokenizer = new CharacterTokenizer("0123 +\n\\\"é<");
        using var folder = new TemporaryFolder();

        CheckpointFolder.Save(folder.Path, new LanguageModel(LanguageModelConfig.Nano(12), SeedTree.Root(3)), tokenizer);

        Assert.Equal(tokenizer.Hash, CheckpointFolder.Load(folder.Path).Tokenizer!.Hash);
    }

    [Fact]
    public void Save_OverAModelOfMoreShards_LeavesNoneOfThem()
    {
        using var folder = new TemporaryFolder();
        new StoredModel("llama").Write(folder.Path, shards: 3);
        var model = CheckpointFolder.Load(folder.Path).Model;

        CheckpointFolder.Save(folder.Path, model);

        Assert.Equal(["config.json", "model.safetensors"], Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order());
        Assert.Equal(ParameterHash.Of(model.Parameters.Blocks), ParameterHash.Of(CheckpointFolder.Load(folder.Path).Model.Parameters.Blocks));
    }

    private static float[][] Logits(LanguageModel model, int[] tokens)
    {
        using var step = Step.Begin(model.Parameters.Device, Gradient.None);
        var hidden = model.Hidden(Indices.From(tokens, 1, tokens.Length)).Reshape(tokens.Length, model.Config.Width);
        var logits = new float[tokens.Length * model.Config.VocabularySize];
        model.Logits(hidden).Reshape(logits.Length).CopyTo(logits);
        return [.. logits.Chunk(model.Config.VocabularySize)];
    }

    // The bar for a float32 model against double precision at these sizes.
    private static void AssertLogits(double[][] expected, float[][] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.True(expected.SelectMany(row => row).Max(Math.Abs) > 0.3, "The logits are too small to say anything.");
        for (var t = 0; t < expected.Length; t++)
            for (var i = 0; i < expected[t].Length; i++) Assert.Equal(expected[t][i], actual[t][i], 1e-4);
    }
}
