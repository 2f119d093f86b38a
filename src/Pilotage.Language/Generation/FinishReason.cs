namespace Pilotage.Language.Generation;

/// <summary>Why a response ended.</summary>
public enum FinishReason : byte
{
    /// <summary>The end token was drawn.</summary>
    Ended,

    /// <summary>It reached the most tokens allowed, or the end of the context.</summary>
    Length,

    /// <summary>A stop string or stop rule matched.</summary>
    Stopped,
}
