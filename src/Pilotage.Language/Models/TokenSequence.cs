namespace Pilotage.Language.Models;

/// <summary>A prompt and the response to it, as tokens.</summary>
/// <param name="Prompt">At least one token.</param>
/// <param name="Response">What was chosen, the token that ends it included where one was drawn.</param>
public readonly record struct TokenSequence(ReadOnlyMemory<int> Prompt, ReadOnlyMemory<int> Response);
