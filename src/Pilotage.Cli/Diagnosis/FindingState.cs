namespace Pilotage.Cli.Diagnosis;

/// <summary>How a thing that the doctor looked at is.</summary>
internal enum FindingState
{
    /// <summary>Present and good.</summary>
    Ok,

    /// <summary>Absent, and not needed by every command.</summary>
    Absent,

    /// <summary>Absent or broken, and needed.</summary>
    Missing,
}
