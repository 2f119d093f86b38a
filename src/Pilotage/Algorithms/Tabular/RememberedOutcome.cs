namespace Pilotage.Algorithms.Tabular;

/// <summary>What once followed a state and action. Without gaps in memory, so that it is saved as it lies.</summary>
/// <param name="Reward">r.</param>
/// <param name="NextState">s', the true last one where the episode was truncated; -1 where it terminated and nothing follows.</param>
/// <param name="NextLegal">Legal actions in s'.</param>
internal readonly record struct RememberedOutcome(float Reward, int NextState, LegalSet NextLegal);
