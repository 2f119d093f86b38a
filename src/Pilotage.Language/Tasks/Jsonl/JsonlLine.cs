using Pilotage.Language.Tasks.Verifiers;

namespace Pilotage.Language.Tasks.Jsonl;

/// <summary>A problem as a file tells it.</summary>
/// <param name="Line">Its line, from 1.</param>
/// <param name="Problem">Identified by file and line.</param>
/// <param name="Verifier">Judges its responses.</param>
internal sealed record JsonlLine(int Line, TextProblem Problem, Verifier Verifier);
