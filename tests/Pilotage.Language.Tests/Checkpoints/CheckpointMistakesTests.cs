using Pilotage.Language.Checkpoints;
using Pilotage.Language.Models;
using Pilotage.Language.Tests.Tokenizers;
using Pilotage.Language.Tokenizers;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Language.Tests.Checkpoints;

/// <summary>Each wrong folder gives one message that says what is wrong, where, and what to do.</summary>
public sealed class CheckpointMistakesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Load_NoFolder_IsRefused() => Check("NoFolder", () => CheckpointFolder.Load(_folder.In("absent")));

    [Fact]
    public void Load_NoConfig_IsRefused() => CheckLoad("NoConfig", () => File.Delete(_folder.In("config.json")));

    [Fact]
    public void Load_ConfigCutOff_IsRefused() => CheckLoad("ConfigCutOff", () => File.WriteAllText(_folder.In("config.json"), new StoredModel("llama").Config()[..60]));

    [Fact]
    public void Load_ConfigOfAList_IsRefused() => CheckLoad("ConfigOfAList", () => File.WriteAllText(_folder.In("config.json"), "[1]"));

    [Theory]
    [InlineData("UnknownArchitecture", "LlamaForCausalLM", "MistralForCausalLM")]
    [InlineData("UnknownType", "\"llama\"", "\"gemma\"")]
    [InlineData("Classifier", "LlamaForCausalLM", "LlamaForSequenceClassification")]
    [InlineData("ScaledRotation", "\"rope_scaling\": null", "\"rope_scaling\": {\"rope_type\": \"llama3\", \"factor\": 8}")]
    [InlineData("SlidingWindow", "\"use_sliding_window\": false", "\"use_sliding_window\": true")]
    [InlineData("OtherActivation", "\"silu\"", "\"gelu\"")]
    [InlineData("Quantised", "\"rope_scaling\": null", "\"quantization_config\": {\"bits\": 4}")]
    [InlineData("HeadWidth", "\"rope_scaling\": null", "\"head_dim\": 8")]
    [InlineData("MissingField", "\"hidden_size\": 16,", "")]
    [InlineData("WrongFields", "\"hidden_size\": 16,\n  \"intermediate_size\": 24", "\"hidden_size\": \"wide\",\n  \"intermediate_size\": -1")]
    [InlineData("HeadsDoNotDivide", "\"num_key_value_heads\": 2", "\"num_key_value_heads\": 3")]
    public void Load_ConfigThatCannotBeUsed_IsRefused(string name, string given, string instead) => CheckLoad(name, () =>
    {
        var config = new StoredModel("llama").Config().ReplaceLineEndings("\n");
        Assert.Contains(given, config, StringComparison.Ordinal);
        File.WriteAllText(_folder.In("config.json"), config.Replace(given, instead, StringComparison.Ordinal));
    });

    [Fact]
    public void Load_NoWeights_IsRefused() => CheckLoad("NoWeights", () => File.Delete(_folder.In("model.safetensors")));

    [Fact]
    public void Load_MissingShard_IsRefused() => CheckLoad("MissingShard", () => File.Delete(_folder.In("model-00002-of-00003.safetensors")), shards: 3);

    [Fact]
    public void Load_WeightsCutOff_AreRefused() => CheckLoad("WeightsCutOff", () =>
    {
        using var file = File.OpenWrite(_folder.In("model.safetensors"));
        file.SetLength(file.Length - 10);
    });

    [Fact]
    public void Load_IndexCutOff_IsRefused() => CheckLoad("IndexCutOff", () => File.WriteAllText(_folder.In("model.safetensors.index.json"), "{\"weight_map\": {"), shards: 2);

    [Fact]
    public void Load_WiderModelThanTheWeights_NamesEachTensor() => CheckLoad("OtherShapes", () => File.WriteAllText(_folder.In("config.json"), new StoredModel("llama", hidden: 20, layers: 1).Config()));

    [Fact]
    public void Load_ModelWithAHeadOfItsOwn_MissesIt() => CheckLoad("MissingHead", () =>
    {
        new StoredModel("llama", isTied: true).Write(_folder.Path);
        File.WriteAllText(_folder.In("config.json"), new StoredModel("llama").Config());
    });

    [Fact]
    public void Load_WeightsOfDoubles_AreRefused() => CheckLoad("Doubles", () =>
    {
        var stored = new StoredModel("llama", layers: 1);
        File.WriteAllText(_folder.In("config.json"), stored.Config());
        var writer = new Training.SafetensorsWriter();
        foreach (var (name, shape, values) in stored.Tensors)
        {
            if (name == "lm_head.weight") writer.Add(name, "F64", [.. shape.Select(extent => (long)extent)], new byte[values.Length * 8]);
            else writer.Add(new(name, shape, values));
        }
        using var file = File.Create(_folder.In("model.safetensors"));
        writer.Write(file);
    });

    [Fact]
    public void Load_TokenizerLargerThanTheModel_IsRefused() => CheckLoad("TokenizerTooLarge", () => TokenizerFiles.WriteBytes(_folder.Path));

    [Fact]
    public void Save_TokenizerLargerThanTheModel_IsRefused() => Check("SavedTokenizerTooLarge", () => CheckpointFolder.Save(
        _folder.Path, new LanguageModel(LanguageModelConfig.Nano(3), SeedTree.Root(1)), new WordTokenizer(["a", "b", "c"])));

    private void CheckLoad(string name, Action spoil, int shards = 1)
    {
        new StoredModel("llama").Write(_folder.Path, shards: shards);
        spoil();
        Check(name, () => CheckpointFolder.Load(_folder.Path));
    }

    private void Check(string name, Action act) => Snapshot.Matches(_folder.Anonymous(Assert.Throws<UserMistakeException>(act).Message), name);
}
