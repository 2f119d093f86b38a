namespace Pilotage.Testing.Reference;

/// <summary>What a passed check looked at, so that a test can see that it was not empty.</summary>
/// <param name="Values">Output elements compared between the devices.</param>
/// <param name="Gradients">Gradient elements compared between the devices.</param>
/// <param name="Differences">Gradient elements compared with central differences.</param>
/// <param name="Kinks">Of these, elements at a kink, where the gradient need only lie between the one-sided derivatives.</param>
public readonly record struct OracleReport(int Values, int Gradients, int Differences, int Kinks);
