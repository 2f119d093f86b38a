namespace Pilotage.Language.Generation;

/// <summary>One response wanted.</summary>
/// <param name="Prompt">At least one token.</param>
/// <param name="Seeds">What draws this response's tokens: the same seed gives the same response, whatever else is generated beside it.</param>
/// <param name="MaximumTokens">The response is cut there, at least 1.</param>
public sealed record GenerationRequest(ReadOnlyMemory<int> Prompt, SeedTree Seeds, int MaximumTokens)
{
    /// <summary>The token that ends a response; kept as its last.</summary>
    public int? EndToken { get; init; }
}
