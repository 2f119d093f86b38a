using System.Runtime.InteropServices;

namespace Pilotage.Cli;

/// <summary>Where a command reads its surroundings and writes its answer: streams, width, interruption. Tests give their own.</summary>
/// <param name="Output">The answer, and nothing else.</param>
/// <param name="Error">Progress and messages.</param>
internal sealed record Terminal(TextWriter Output, TextWriter Error)
{
    /// <summary>Width of a table when nobody is watching, and the least that a table is made for.</summary>
    public const int FixedWidth = 80;

    /// <summary>What a person, or a script in its place, answers to a game's questions.</summary>
    public TextReader Input { get; init; } = TextReader.Null;

    /// <summary>Columns to lay texts out for.</summary>
    public int Width { get; init; } = FixedWidth;

    /// <summary>Columns of lists that have one line for each thing, so that scripts can take them apart; only where somebody reads them on a terminal do they wrap.</summary>
    public int ListWidth { get; init; } = int.MaxValue;

    /// <summary>Whether somebody watches standard error, so that a progress bar is welcome.</summary>
    public bool IsWatched { get; init; }

    /// <summary>Fires once at Ctrl-C or a polite kill; the second one ends the process.</summary>
    public CancellationToken Interrupted { get; init; }

    /// <summary>The clock: names of run folders and elapsed time, never results.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    // A registration that nobody holds is collected, and the signal then kills.
    private IReadOnlyList<PosixSignalRegistration> Registrations { get; init; } = [];

    /// <summary>The surroundings of this process. Whoever holds the terminal holds its signal handlers.</summary>
    public static Terminal OfProcess()
    {
        var interruption = new CancellationTokenSource();
        // A report is thousands of short writes; flushed when the command ends.
        var output = new StreamWriter(Console.OpenStandardOutput(), new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false), bufferSize: 8192);
        var width = Console.IsOutputRedirected ? FixedWidth : Math.Clamp(ReadWidth(), FixedWidth, 160);
        return new(output, Console.Error)
        {
            Input = Console.In,
            Width = width,
            ListWidth = Console.IsOutputRedirected ? int.MaxValue : width,
            IsWatched = !Console.IsErrorRedirected,
            Interrupted = interruption.Token,
            Registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt), PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt)],
        };

        void Interrupt(PosixSignalContext context)
        {
            context.Cancel = !interruption.IsCancellationRequested;
            interruption.Cancel();
        }
    }

    private static int ReadWidth()
    {
        try { return Console.WindowWidth; }
        catch (IOException) { return FixedWidth; }       // an output that is neither a file nor a sized terminal
    }
}
