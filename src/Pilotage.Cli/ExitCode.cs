namespace Pilotage.Cli;

/// <summary>What the process tells its caller. Documented in the README; scripts rely on it.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>A defect of the program; the stack trace was printed.</summary>
    public const int Bug = 1;

    /// <summary>The user's input cannot be used; nothing was run and nothing was changed.</summary>
    public const int UserMistake = 2;

    /// <summary>A run stopped: a number that is not finite, a broken environment, a full disk, a source that cannot be reached.</summary>
    public const int RunFailed = 3;

    /// <summary>Stopped by Ctrl-C or a polite kill, after saving. 128 + SIGINT, as shells expect.</summary>
    public const int Interrupted = 130;
}
