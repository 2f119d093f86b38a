namespace Pilotage.Environments;

/// <summary>How a step left the episode. Termination and truncation are never one thing: only the latter bootstraps.</summary>
public enum End : byte
{
    /// <summary>The episode goes on.</summary>
    Running,

    /// <summary>The problem ended: nothing can follow, the value of what follows is zero.</summary>
    Terminated,

    /// <summary>Only the watching ended (a time limit): the value of what would have followed still counts.</summary>
    Truncated,
}
