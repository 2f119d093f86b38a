namespace Pilotage.Lab;

/// <summary>How far a training is.</summary>
/// <param name="Steps">Environment steps so far.</param>
/// <param name="Total">Environment steps in all.</param>
/// <param name="Return">Mean return of the last hundred episodes; NaN before the first.</param>
/// <param name="StepsPerSecond">Since this process began or resumed the run.</param>
public readonly record struct TrainingProgress(long Steps, long Total, double Return, double StepsPerSecond);
