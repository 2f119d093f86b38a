namespace Pilotage.Systems.Control.DatasetPerspective;

/// <summary>Hints of what a policy is worth, from a log that it did not learn from.</summary>
/// <param name="Value">Mean discounted return expected from the first states of episodes.</param>
/// <param name="Agreement">Mean probability of doing what the log did, in [0, 1].</param>
/// <param name="Entropy">Mean entropy of a policy that draws, in nats; <see langword="null"/> for a greedy one.</param>
internal readonly record struct LogJudgement(double Value, double Agreement, double? Entropy);
