namespace Pilotage.Lab.Sweeps;

/// <summary>How far a sweep is.</summary>
/// <param name="Share">Of all whole trainings, in [0, 1].</param>
/// <param name="Words">What is done now.</param>
public readonly record struct SweepProgress(double Share, string Words);
