using Pilotage.Distributions;
using Pilotage.Language.Models;
using Pilotage.Tensors;

namespace Pilotage.Language.Generation;

/// <summary>Draws responses from a model, many at a time.</summary>
/// <param name="model">Read at each call: what was learned since is seen.</param>
public sealed class Generator(LanguageModel model)
{
    /// <summary>Tokens that the model was run for one by one, prompts not counted.</summary>
    public long DecodedTokens { get; private set; }

    /// <summary>Draws a response to each request.</summary>
    /// <param name="requests">Prompts and seeds.</param>
    /// <param name="sampling">How tokens are drawn.</param>
    /// <param name="cancellation">Stops between two tokens.</param>
    /// <returns>One for each request, in order.</returns>
    public IReadOnlyList<Completion> Generate(IReadOnlyList<GenerationRequest> requests, SamplingSettings sampling, CancellationToken cancellation = default) =>
        [.. requests.Select(request => Draw(request, sampling, cancellation))];

    private Completion Draw(GenerationRequest request, SamplingSettings sampling, CancellationToken cancellation)
    {
        List<int> tokens = [];
        List<float> logProbabilities = [];
        var random = request.Seeds.Start();
        var logPi = new float[model.Config.VocabularySize];
        while (tokens.Count < request.MaximumTokens && request.Prompt.Length + tokens.Count <= model.Config.ContextLength)
        {
            cancellation.ThrowIfCancellationRequested();
            using var step = Step.Begin(gradient: Gradient.None);
            var batch = new SequenceBatch([new(request.Prompt, tokens.Append(0).ToArray())]);
            model.Forward(batch, sampling.Temperature > 0 ? sampling.Temperature : 1).LogPi.Slice(0, tokens.Count, 1).Reshape(logPi.Length).CopyTo(logPi);
            DecodedTokens++;
            var token = sampling.Temperature > 0 ? Categorical.Sample(Array.ConvertAll(logPi, MathF.Exp), random.NextSingle()) : Categorical.Mode(logPi);
            tokens.Add(token);
            logProbabilities.Add(logPi[token]);
            if (token == request.EndToken) return new([.. tokens], [.. logProbabilities], FinishReason.Ended);
        }
        return new([.. tokens], [.. logProbabilities], FinishReason.Length);
    }
}
