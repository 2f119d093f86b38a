namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>Costs and lead times that differ from scenario to scenario, for one store: many products, one policy.</summary>
/// <param name="HoldingCosts">h of each scenario.</param>
/// <param name="ShortageCosts">p of each scenario.</param>
/// <param name="LeadTimes">L of each scenario, at most the network's own.</param>
internal sealed record ScenarioTerms(float[] HoldingCosts, float[] ShortageCosts, int[] LeadTimes);
