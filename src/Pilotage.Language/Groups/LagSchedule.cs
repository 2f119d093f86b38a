namespace Pilotage.Language.Groups;

/// <summary>Which version of the weights draws answers at a step, when drawing and learning run at different speeds.</summary>
/// <param name="Interval">Steps between two refreshes, at least 1; 1 with no offset is on policy.</param>
/// <param name="Offset">Further steps by which a refresh is late, at least 0.</param>
/// <remarks>arXiv:2509.24203, options sync_interval and sync_offset of its released code; the formula is this project's reading of their names.</remarks>
public readonly record struct LagSchedule(int Interval, int Offset)
{
    /// <summary>Answers by the newest weights.</summary>
    public static LagSchedule OnPolicy => new(1, 0);

    /// <summary>max(0, floor(step / interval) interval - offset).</summary>
    /// <param name="step">Updates so far.</param>
    /// <returns>The step whose weights draw.</returns>
    public long VersionAt(long step) => Math.Max(0, step / Interval * Interval - Offset);
}
