namespace Pilotage.Lab.Runs;

/// <summary>How far a run is, as its folder shows it.</summary>
public enum RunStatus
{
    /// <summary>Its report is there.</summary>
    Finished,

    /// <summary>Running, or stopped: its folder does not tell which.</summary>
    Unfinished,

    /// <summary>A newer version of this program wrote it.</summary>
    Newer,

    /// <summary>Its configuration or its report cannot be read.</summary>
    Broken,

    /// <summary>It stopped with a reason, which its folder keeps.</summary>
    Failed,
}
