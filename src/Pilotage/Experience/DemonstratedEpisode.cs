using Pilotage.Environments;

namespace Pilotage.Experience;

/// <summary>One episode, or a piece of one, among <see cref="Demonstrations"/>.</summary>
/// <param name="Start">Its first step.</param>
/// <param name="Length">Its number of steps, at least 1.</param>
/// <param name="End">How it ended; <see cref="End.Running"/> where the recording stopped first.</param>
public readonly record struct DemonstratedEpisode(int Start, int Length, End End);
