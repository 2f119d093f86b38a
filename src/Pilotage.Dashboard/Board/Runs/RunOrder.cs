namespace Pilotage.Dashboard.Board.Runs;

/// <summary>The order of a list of runs.</summary>
public enum RunOrder
{
    /// <summary>Made last, first.</summary>
    Newest,

    /// <summary>Made first, first.</summary>
    Oldest,

    /// <summary>By what ran.</summary>
    Name,

    /// <summary>Running ones first, then finished, stopped, failed.</summary>
    Status,
}
