using System.Security.Cryptography;
using System.Text;
using Pilotage.Language.Checkpoints;
using Pilotage.Language.Models;
using Pilotage.Language.Tasks;
using Pilotage.Language.Tasks.Jsonl;
using Pilotage.Language.Tasks.Verifiers;
using Pilotage.Language.Tokenizers;
using Pilotage.Tensors;
using Pilotage.Training;

namespace Pilotage.Systems.Language.Apply;

/// <summary>A user's problems and the model that is trained on them, before the training.</summary>
/// <param name="Model">What learns.</param>
/// <param name="Tokenizer">The model's.</param>
/// <param name="Task">The problems.</param>
/// <param name="MaximumResponse">Most tokens of an answer.</param>
/// <param name="LongestPrompt">Tokens of the longest prompt.</param>
/// <param name="Identity">Changes with the data, the verifier, the tokenizer and the weights: a checkpoint of another is refused.</param>
/// <param name="Notes">What was read and made.</param>
internal sealed record StartingPoint(LanguageModel Model, ITokenizer Tokenizer, JsonlTask Task, int MaximumResponse, int LongestPrompt, string Identity, IReadOnlyList<string> Notes)
{
    private const int GivenResponse = 128;
    private const int MostContext = 1_024;                // of a model of ours
    private const string FolderName = "start";

    /// <summary>Reads the problems, and loads or teaches the model, with room for tokens that the loop gives between prompt and answer.</summary>
    /// <exception cref="UserMistakeException">Data, model or settings cannot be used.</exception>
    public static StartingPoint Prepare(LanguageApplyConfig config, ApplyRequest request, Action<string>? tell, CancellationToken cancellation, int given = 0)
    {
        if (request.Inputs is not [var path])
            throw new UserMistakeException(new Mistake("PIL1818", $"{request.Inputs.Count} input files were given; wanted one.", "", "Give one JSONL file of problems; files for validation and test are settings: --set apply.test=FILE.").ToString());
        return config.Model.Length > 0 ? Given(config, request, path, given) : Taught(config, request, path, given, tell, cancellation);
    }

    private static StartingPoint Given(LanguageApplyConfig config, ApplyRequest request, string path, int given)
    {
        var (model, tokenizer) = CheckpointFolder.Load(config.Model, request.Device);
        if (tokenizer is null) throw new UserMistakeException(new Mistake("PIL1816", "The model's folder has no tokenizer.json.", config.Model, "Put the model's tokenizer.json and tokenizer_config.json beside it.").ToString());
        var response = config.MaximumResponse ?? GivenResponse;
        if (response + given >= model.Config.ContextLength)
            throw new UserMistakeException(new Mistake("PIL1816", $"apply.maximumResponse = {response} leaves no room for a prompt in the model's context of {model.Config.ContextLength} tokens.", "", "Give a smaller number.").ToString());
        var begin = tokenizer is HuggingFaceTokenizer known && !config.PromptPrefix.StartsWith(known.BeginText, StringComparison.Ordinal) ? known.BeginText : "";
        var task = Read(path, config, begin, tokenizer, model.Config.ContextLength - response - given);
        ITokenizer padded = tokenizer.VocabularySize < model.Config.VocabularySize ? new PaddedTokenizer(tokenizer, model.Config.VocabularySize) : tokenizer;
        return Of(model, padded, task, response, config, path, FormattableString.Invariant($"The model of {config.Model}: {model.Parameters.Count:N0} parameters, {tokenizer.VocabularySize} tokens."));
    }

    private static StartingPoint Taught(LanguageApplyConfig config, ApplyRequest request, string path, int given, Action<string>? tell, CancellationToken cancellation)
    {
        var unlimited = Read(path, config, "", null, int.MaxValue);
        var (tokenizer, words) = DataTokenizer.Of(Enum.GetValues<Split>().SelectMany(unlimited.Problems));
        var problems = Enum.GetValues<Split>().SelectMany(unlimited.Problems);
        var response = config.MaximumResponse ?? 1 + problems.Max(problem => tokenizer.Encode(problem.Answer).Length);
        var context = Math.Min(MostContext, response + given + problems.Max(problem => tokenizer.Encode(problem.Prompt).Length));
        if (response + given >= context)
            throw new UserMistakeException(new Mistake("PIL1818", $"Answers of {response} tokens leave no room for a prompt in a context of {MostContext}.", path, "Give a model: --set apply.model=FOLDER.").ToString());
        var task = Read(path, config, "", tokenizer, context - response - given);
        var kept = Path.Combine(request.OutputFolder, FolderName);
        LanguageModel model;
        string taught;
        if (File.Exists(Path.Combine(kept, "config.json"))) (model, taught) = (CheckpointFolder.Load(kept, request.Device).Model, "It was taught the answers of the data before the training was interrupted.");
        else
        {
            var shape = LanguageModelConfig.Nano(tokenizer.VocabularySize) with { ContextLength = context, Width = config.WarmStart.Width, Layers = config.WarmStart.Layers };
            (model, taught) = DataWarmStart.Train(task, tokenizer, config.WarmStart, shape, response, SeedTree.Root(request.Seed).Branch("warm start"), request.Device,
                (update, success) => tell?.Invoke(FormattableString.Invariant($"teaching answers, update {update}: {success:P0} right")), cancellation);
            CheckpointFolder.Save(kept, model, tokenizer);
        }
        return Of(model, tokenizer, task, response, config, path, FormattableString.Invariant($"A model of ours with {model.Parameters.Count:N0} parameters on {words}."), taught);
    }

    private static JsonlTask Read(string path, LanguageApplyConfig config, string begin, ITokenizer? tokenizer, int maximumPrompt)
    {
        Verifier? verifier = null;
        if (config.Verifier.Length > 0)
            verifier = Verifier.Find(config.Verifier) ?? throw new UserMistakeException(new Mistake("PIL1823", $"There is no verifier \"{config.Verifier}\".", "", $"There are {string.Join(", ", Verifier.BuiltIn.Select(known => known.Name))}.").ToString());
        if (config.VerifierScript.Length > 0)
        {
            if (verifier is not null) throw new UserMistakeException(new Mistake("PIL1823", $"Both apply.verifier = {config.Verifier} and apply.verifierScript = {config.VerifierScript} were given; wanted one.", "", "Leave one of them out.").ToString());
            verifier = ScriptVerifier.Load(config.VerifierScript);
        }
        return new(path, new()
        {
            Verifier = verifier, TimeLimit = config.VerifierScript.Length > 0 ? TimeSpan.FromSeconds(config.VerifierSeconds) : null, ValidationPath = config.Validation.Length > 0 ? config.Validation : null, TestPath = config.Test.Length > 0 ? config.Test : null,
            Template = $"{begin}{config.PromptPrefix}{{prompt}}{config.PromptSuffix}", Tokenizer = tokenizer, MaximumPrompt = maximumPrompt,
        });
    }

    private static StartingPoint Of(LanguageModel model, ITokenizer tokenizer, JsonlTask task, int response, LanguageApplyConfig config, string path, params string[] notes)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in new[] { path, config.Validation, config.Test, config.VerifierScript }.Where(file => file.Length > 0)) hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
        hash.AppendData(Encoding.UTF8.GetBytes(tokenizer.Hash + ParameterHash.Of(model.Parameters.Blocks)));
        var longest = Enum.GetValues<Split>().SelectMany(task.Problems).Max(problem => tokenizer.Encode(problem.Prompt).Length);
        return new(model, tokenizer, task, response, longest, Convert.ToHexStringLower(hash.GetHashAndReset()), [.. notes, .. task.Notes]);
    }
}
