namespace Pilotage.Language.Tasks;

/// <summary>A problem before it has its place.</summary>
/// <param name="Prompt">What the model reads.</param>
/// <param name="Answer">What the verifier compares with.</param>
/// <param name="Difficulty">The task's level.</param>
/// <param name="Key">Equal for prompts that ask the same, such as the same numbers in another order: they are of the same split.</param>
internal readonly record struct DrawnProblem(string Prompt, string Answer, int Difficulty, string Key);
