namespace Pilotage.Systems.Governance.Ofs;

/// <summary>The first rounds: every threshold once, from the highest down, so that the most cautious come first.</summary>
internal static class Sweep
{
    /// <summary>The threshold of a round of the first pass; <see langword="null"/> after it.</summary>
    /// <param name="record">What was seen.</param>
    /// <param name="round">From 0.</param>
    public static int? Next(ThresholdRecord record, int round) => round < record.Count ? record.Count - 1 - round : null;
}
