namespace Pilotage.Language.Generation;

/// <summary>One response wanted.</summary>
/// <param name="Prompt">At least one token, at most as many as the model's context has.</param>
/// <param name="Seeds">What draws this response's tokens: the same seed gives the same response, whatever else is generated beside it.</param>
/// <param name="MaximumTokens">The response is cut there, at least 1; and at the end of the context.</param>
public sealed record GenerationRequest(ReadOnlyMemory<int> Prompt, SeedTree Seeds, int MaximumTokens)
{
    /// <summary>The token that ends a response; kept as its last.</summary>
    public int? EndToken { get; init; }

    /// <summary>Texts that end a response as soon as its text holds one; the tokens that hold it stay. Wants a generator with a tokenizer.</summary>
    public IReadOnlyList<string> StopTexts { get; init; } = [];

    /// <summary>Rules tokens out; <see langword="null"/> for none. Forked, never changed.</summary>
    public IGrammar? Grammar { get; init; }
}
