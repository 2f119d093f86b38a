namespace Pilotage.Environments;

/// <summary>What one step gave: a reward, and whether the episode goes on.</summary>
/// <param name="Reward">In the unit that the environment's <see cref="EnvironmentSpec.RewardUnit"/> names.</param>
/// <param name="End">Whether and how the episode ended.</param>
public readonly record struct Outcome(float Reward, End End = End.Running);
