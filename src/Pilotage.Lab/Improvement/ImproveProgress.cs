namespace Pilotage.Lab.Improvement;

/// <summary>How far a run is.</summary>
/// <param name="Share">Of the work expected, in [0, 1].</param>
/// <param name="SecondsLeft">At the pace so far; NaN until there is one.</param>
/// <param name="Words">What is done now.</param>
public readonly record struct ImproveProgress(double Share, double SecondsLeft, string Words);
