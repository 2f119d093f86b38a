namespace Pilotage.Language.Tasks;

/// <summary>A prompt and what a verifier needs to judge responses to it.</summary>
/// <param name="Id">Unique in its task.</param>
/// <param name="Prompt">What the model reads.</param>
/// <param name="Answer">What the verifier compares with; its form is the task's. Empty where the prompt says all.</param>
/// <param name="Difficulty">The task's level, 0 where it has none.</param>
public sealed record TextProblem(string Id, string Prompt, string Answer, int Difficulty = 0);
