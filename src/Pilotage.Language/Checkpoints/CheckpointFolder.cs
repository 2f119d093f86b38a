using Pilotage.Language.Models;
using Pilotage.Language.Tokenizers;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Language.Checkpoints;

/// <summary>Language models in folders laid out as on Hugging Face: <c>config.json</c>, <c>model.safetensors</c> or its shards with an index, and <c>tokenizer.json</c>.</summary>
/// <remarks>
/// Llama and Qwen2 models are read and written as such: other programs load what is saved here. Any other <see cref="LanguageModelConfig"/> is saved in the same layout as <c>"model_type": "pilotage"</c>.
/// What is loaded and saved in one format keeps every bit. Not thread-safe for one folder.
/// </remarks>
public static class CheckpointFolder
{
    /// <summary>Shape and kind of a folder's model; its weights are not opened.</summary>
    /// <param name="folder">With <c>config.json</c>.</param>
    /// <returns>The settings.</returns>
    /// <exception cref="UserMistakeException">The file is not there (PIL1801), no JSON (PIL1802), of an unknown kind (PIL1803), asks for what is not supported (PIL1804), or is not complete (PIL1805).</exception>
    public static LanguageModelConfig ReadConfig(string folder) => ConfigFile.Read(folder).Model;

    /// <summary>Loads a model and its tokenizer.</summary>
    /// <param name="folder">Hugging Face's or one of ours.</param>
    /// <param name="device">Where the model is computed; <see langword="null"/> for <see cref="Device.Managed"/>.</param>
    /// <returns>Both.</returns>
    /// <exception cref="UserMistakeException">As <see cref="ReadConfig"/>; the weights are damaged or a shard is missing (PIL1806), or do not fit the config (PIL1807 to PIL1810); the tokenizer knows more tokens than the model (PIL1811) or is of an unknown kind (PIL1812, PIL1813).</exception>
    public static LanguageCheckpoint Load(string folder, Device? device = null)
    {
        var (kind, config) = ConfigFile.Read(folder);
        var tokenizer = TokenizerFolder.Find(folder);
        CheckVocabulary(config, tokenizer, folder);
        return new(LoadWeights(folder, kind, config, device), tokenizer);
    }

    /// <summary>Saves a model and its tokenizer; what stood in the folder under the same names is replaced.</summary>
    /// <param name="folder">Made if it is not there.</param>
    /// <param name="model">The model.</param>
    /// <param name="tokenizer">Its tokenizer; <see langword="null"/> for none.</param>
    /// <param name="format">How the weights are stored.</param>
    /// <param name="maximumShardBytes">Weights beyond so many bytes are split over several files; at least one tensor stands in each.</param>
    /// <exception cref="UserMistakeException">PIL1811: the tokenizer knows more tokens than the model.</exception>
    /// <exception cref="IOException">A file cannot be written. <c>config.json</c> is written last: a folder without it is not complete.</exception>
    public static void Save(string folder, LanguageModel model, ITokenizer? tokenizer = null, FloatFormat format = FloatFormat.F32, long maximumShardBytes = 5_000_000_000)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumShardBytes, 1);
        CheckVocabulary(model.Config, tokenizer, folder);
        Directory.CreateDirectory(folder);
        var config = Path.Combine(folder, ConfigFile.Name);
        File.Delete(config);
        var kind = ConfigFile.KindOf(model.Config);
        WeightFiles.Write(folder, TensorPlace.All(model.Parameters.Blocks, kind), format, maximumShardBytes);
        if (tokenizer is not null) TokenizerFolder.Write(folder, tokenizer);
        WeightFiles.WriteWhole(config, stream => stream.Write(ConfigWriting.Bytes(kind, model.Config, tokenizer, format)));
    }

    private static LanguageModel LoadWeights(string folder, ModelKind kind, LanguageModelConfig config, Device? device)
    {
        try
        {
            using var weights = SafetensorsSet.Open(folder);
            var elements = weights.Tensors.Sum(tensor => tensor.Count);
            if (elements > WeightFiles.MostElements)
                throw Damaged($"The weights have {elements} numbers; the most that a model may have here is {WeightFiles.MostElements}.", "Give a smaller model.");
            var parameters = new Parameters(device);
            parameters.ReserveUnfilled((int)elements);
            var model = new LanguageModel(config, parameters, SeedTree.Root(0));
            WeightFiles.Read(weights, TensorPlace.All(parameters.Blocks, kind), config.TiedEmbeddings);
            return model;
        }
        catch (InvalidDataException exception)
        {
            throw Damaged(exception.Message.Replace("\n", "\n         ", StringComparison.Ordinal), "Fetch the files again, all shards that the index names among them.");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Damaged($"The weights cannot be read: {exception.Message}", "Give a folder with model.safetensors, or model.safetensors.index.json and its shards.");
        }

        UserMistakeException Damaged(string what, string advice) => new(new Mistake("PIL1806", what, folder, advice).ToString());
    }

    private static void CheckVocabulary(LanguageModelConfig config, ITokenizer? tokenizer, string folder)
    {
        if (tokenizer is null || tokenizer.VocabularySize <= config.VocabularySize) return;
        throw new UserMistakeException(new Mistake("PIL1811", $"The tokenizer knows {tokenizer.VocabularySize} tokens and the model {config.VocabularySize}; wanted no more than the model's.", folder,
            "Give the tokenizer that the model was trained with.").ToString());
    }
}
