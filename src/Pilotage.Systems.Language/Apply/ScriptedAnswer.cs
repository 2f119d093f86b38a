namespace Pilotage.Systems.Language.Apply;

/// <summary>What a user's verifier script sees, by these names.</summary>
/// <param name="Prompt">What the model read.</param>
/// <param name="Answer">The line's answer.</param>
/// <param name="Response">What the model wrote, without the end token.</param>
public sealed record ScriptedAnswer(string Prompt, string Answer, string Response);
