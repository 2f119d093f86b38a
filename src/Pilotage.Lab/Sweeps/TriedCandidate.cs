namespace Pilotage.Lab.Sweeps;

/// <summary>One candidate on one budget.</summary>
/// <param name="Arm">Its name; <c>c012.r1</c> is candidate 12 in the second round of halving.</param>
/// <param name="Share">Of the whole budget.</param>
/// <param name="Values">Its settings by key.</param>
/// <param name="Scores">One a tuning seed, in the metric's own direction; empty if it failed.</param>
/// <param name="Failure">Why it failed; empty if it did not.</param>
internal sealed record TriedCandidate(string Arm, double Share, IReadOnlyDictionary<string, string> Values, IReadOnlyList<double> Scores, string Failure);
