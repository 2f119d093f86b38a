namespace Pilotage.Cli.Diagnosis;

/// <summary>One line of the doctor.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="State">How it is.</param>
/// <param name="Detail">What was found.</param>
/// <param name="Remedy">How to fix or add it; empty where nothing is to do.</param>
internal sealed record Finding(string Name, FindingState State, string Detail, string Remedy = "");
