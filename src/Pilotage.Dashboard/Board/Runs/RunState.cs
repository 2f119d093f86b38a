namespace Pilotage.Dashboard.Board.Runs;

/// <summary>How a run is, with what only a look at living processes tells.</summary>
public enum RunState
{
    /// <summary>A process works on it.</summary>
    Running,

    /// <summary>Its report is there.</summary>
    Finished,

    /// <summary>No process works on it and it has no report: it was interrupted or killed.</summary>
    Stopped,

    /// <summary>It stopped with a reason.</summary>
    Failed,

    /// <summary>A newer version of this program wrote it.</summary>
    Newer,

    /// <summary>Its configuration or its report cannot be read.</summary>
    Broken,
}
