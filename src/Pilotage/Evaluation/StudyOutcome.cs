namespace Pilotage.Evaluation;

/// <summary>A study that ran to its end.</summary>
/// <param name="Results">All measurements.</param>
/// <param name="Claims">The claims with their verdicts, in the study's order.</param>
/// <param name="Scale">How much was run.</param>
/// <param name="ArmSeconds">Seconds that each arm's trials took together, trials found finished included; in the study's order.</param>
/// <param name="ElapsedSeconds">Seconds from start to end of this run.</param>
public sealed record StudyOutcome(
    StudyResults Results, IReadOnlyList<JudgedClaim> Claims, Scale Scale, IReadOnlyList<(string Arm, double Seconds)> ArmSeconds, double ElapsedSeconds);
