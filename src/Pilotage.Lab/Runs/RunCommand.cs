namespace Pilotage.Lab.Runs;

/// <summary>What a run folder was made by.</summary>
public enum RunCommand
{
    /// <summary>A comparison of a system's arms.</summary>
    Run,

    /// <summary>The training of one policy.</summary>
    Train,

    /// <summary>A user's own problem.</summary>
    Apply,

    /// <summary>Jobs of a user's own, scheduled by one policy.</summary>
    Schedule,

    /// <summary>A program of the user's own that compares learners with its rule.</summary>
    Improve,

    /// <summary>A search for better settings.</summary>
    Sweep,
}
