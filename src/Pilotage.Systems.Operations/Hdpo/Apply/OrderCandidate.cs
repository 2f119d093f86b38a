namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>A policy that may be recommended.</summary>
/// <param name="Name">As it stands in the table.</param>
/// <param name="On">The policy on a set of scenarios: forecasts are of their periods.</param>
/// <param name="Validation">Mean cost on the validation periods.</param>
/// <param name="Network">The network's weights; <see langword="null"/> for rules.</param>
internal sealed record OrderCandidate(string Name, Func<ScenarioSet, IOrderPolicy> On, double Validation, DataDrivenNetwork? Network = null);
