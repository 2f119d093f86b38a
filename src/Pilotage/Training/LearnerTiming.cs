namespace Pilotage.Training;

/// <summary>Seconds that a learner spent in each of the three places that are timed for everyone.</summary>
/// <param name="Environment">Stepping the vector environment.</param>
/// <param name="Act">Choosing actions.</param>
/// <param name="Learn">Everything between: credit, losses, updates.</param>
public readonly record struct LearnerTiming(double Environment, double Act, double Learn);
