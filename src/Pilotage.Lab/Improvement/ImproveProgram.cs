using System.Runtime.InteropServices;
using Pilotage.Environments;
using Pilotage.Lab.Printing;
using Pilotage.Settings;

namespace Pilotage.Lab.Improvement;

/// <summary>The console around <see cref="Improve"/>: options, progress, verdict, interruption, exit code.</summary>
internal static class ImproveProgram
{
    private const int Ok = 0;
    private const int UserMistake = 2;
    private const int RunFailed = 3;
    private const int Interrupted = 130;

    /// <summary>Runs <see cref="Improve"/> with options, a folder, progress and cancellation.</summary>
    public delegate ImproveReport Body(ImproveOptions options, string? folder, IProgress<ImproveProgress>? progress, CancellationToken cancellation);

    /// <summary>The program from arguments to exit code.</summary>
    /// <param name="run">What is run.</param>
    /// <param name="describe">The problem.</param>
    /// <param name="arguments">As typed.</param>
    public static int Run(Body run, Func<EnvironmentSpec> describe, IReadOnlyList<string> arguments)
    {
        using var interruption = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt);
        using var line = new ProgressLine(Console.Error, isWatched: !Console.IsErrorRedirected);
        return Run(run, describe, arguments, Console.Out, Console.Error, line, interruption.Token);

        void Interrupt(PosixSignalContext context)
        {
            context.Cancel = !interruption.IsCancellationRequested;      // the second one ends the process
            interruption.Cancel();
        }
    }

    /// <summary>The same on given streams, for tests.</summary>
    internal static int Run(
        Body run, Func<EnvironmentSpec> describe, IReadOnlyList<string> arguments, TextWriter output, TextWriter error, ProgressLine line, CancellationToken interrupted)
    {
        try
        {
            if (arguments.Any(argument => argument is "--help" or "-h" or "-?"))
            {
                output.Write(Help());
                return Ok;
            }
            var (folder, options) = Read(arguments);
            var report = run(options, folder, line, interrupted);
            line.Clear();
            output.Write(ImproveText.Of(report, describe(), ImproveText.Width));
            return Ok;
        }
        catch (UserMistakeException mistake)
        {
            line.Clear();
            foreach (var problem in mistake.Problems) error.WriteLine(problem);
            return UserMistake;
        }
        catch (RunFailedException failure)
        {
            line.Clear();
            error.WriteLine($"The run stopped. {failure.Message}");
            return RunFailed;
        }
        catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
        {
            line.Clear();
            error.WriteLine("Interrupted; finished trainings are kept. The same command goes on.");
            return Interrupted;
        }
    }

    private static (string? Folder, ImproveOptions Options) Read(IReadOnlyList<string> arguments)
    {
        string? folder = null;
        var settings = new List<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] != "--out") settings.Add(arguments[i]);
            else if (++i < arguments.Count) folder = arguments[i];
            else throw new UserMistakeException(new Mistake("PIL0820", "--out has no folder.", "", "Write --out FOLDER.").ToString());
        }
        var source = SettingSource.FromAssignments(settings);
        return (folder, SettingsBinder.Bind<ImproveOptions>(ImproveOptions.Schema, new SettingSource([.. source.Entries.Select(entry => entry with { Where = Typed(entry.Where) })])
        {
            Mistakes = [.. source.Mistakes.Select(mistake => mistake with { What = Typed(mistake.What), Advice = Typed(mistake.Advice) })],
        }));

        static string Typed(string text) => text.Replace("--set ", "", StringComparison.Ordinal);      // here settings stand without it
    }

    private static string Help()
    {
        var rows = SettingsHelp.Rows(ImproveOptions.Schema).Select(row => (IReadOnlyList<string>)[$"{row.Key}=", $"{row.Summary} Without it, {row.Default}."]);
        return "Trains learners on this program's problem, compares them with its rule on the\nsame episodes, and keeps the best policy.\n\n"
            + PlainTable.Of([.. rows, ["--out", "The run's folder itself. Without it, a new one in runs/, or the unfinished one of the same program and options."]], ImproveText.Width)
            + "\nExample: dotnet run -- steps=200000 seeds=12\n";
    }
}
