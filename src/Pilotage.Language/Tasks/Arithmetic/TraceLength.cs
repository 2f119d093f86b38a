namespace Pilotage.Language.Tasks.Arithmetic;

/// <summary>How much of a calculation a response writes down.</summary>
public enum TraceLength : byte
{
    /// <summary>The answer alone.</summary>
    Terse,

    /// <summary>A line for two digits at a time.</summary>
    Middle,

    /// <summary>A line for every digit and its carry.</summary>
    Full,
}
