namespace Pilotage.Language.Groups;

/// <summary>Turns the rewards of one group into advantages: a method of <see cref="Pilotage.Credit.GroupScores"/>, or one of a system's own.</summary>
/// <param name="rewards">Of the answers of one group.</param>
/// <param name="advantages">Receives one for each; every token of an answer gets its answer's.</param>
public delegate void GroupCredit(ReadOnlySpan<float> rewards, Span<float> advantages);
