using Pilotage.Language.Algorithms;
using Pilotage.Language.Generation;
using Pilotage.Language.Groups;
using Pilotage.Language.Models;
using Pilotage.Language.Tasks;
using Pilotage.Language.Tokenizers;

namespace Pilotage.Systems.Language.Apply;

/// <summary>What a system's loop is given when it is applied to a user's problems.</summary>
/// <param name="Model">What learns.</param>
/// <param name="Tokenizer">The model's.</param>
/// <param name="Task">The user's problems with their verifier.</param>
/// <param name="Sampler">Draws from the model and judges.</param>
/// <param name="Problems">What is asked, in a shuffled order.</param>
/// <param name="Batch">What is drawn in an iteration and how it is descended.</param>
/// <param name="Seeds">The loop's seed tree.</param>
internal sealed record LanguageParts(
    LanguageModel Model, ITokenizer Tokenizer, ITextTask Task, GroupSampler Sampler, ProblemStream Problems, GroupBatchConfig Batch, SeedTree Seeds)
{
    private Func<(long Tokens, double Seconds)>? _drawn;

    /// <summary>Tokens decoded and seconds spent drawing so far; a loop that draws in a way of its own puts its own count here.</summary>
    public Func<(long Tokens, double Seconds)> Drawn
    {
        get => _drawn ?? (() => (Sampler.DecodedTokens, Sampler.Seconds));
        set => _drawn = value;
    }

    /// <summary>Draws from another model, such as one that lags behind, under the same settings.</summary>
    /// <param name="model">Of the same vocabulary.</param>
    /// <returns>The sampler.</returns>
    public GroupSampler SamplerOf(LanguageModel model) => new(new Generator(model, Tokenizer), Task, Tokenizer, Sampler.Sampling, Sampler.MaximumTokens);
}
