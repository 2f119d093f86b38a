using System.CommandLine;
using System.CommandLine.Help;
using Pilotage.Cli.Commands;
using Pilotage.Lab.Devices;
using Pilotage.Systems;

namespace Pilotage.Cli;

/// <summary>The pilotage tool from arguments to exit code; the only place where all exceptions are caught.</summary>
internal static class CommandLine
{
    private const string Description =
        "Decision policies: published systems, learners and heuristics, compared on paired seeds with computed verdicts.";

    /// <summary>Runs one command.</summary>
    /// <param name="arguments">As typed, without the program's name.</param>
    /// <param name="terminal">Streams and surroundings.</param>
    /// <param name="systems">The systems that the command line offers.</param>
    /// <param name="devices">The devices that it offers; <see langword="null"/> for those of this machine.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(IReadOnlyList<string> arguments, Terminal terminal, SystemCatalog systems, DeviceCatalog? devices = null)
    {
        try
        {
            var parse = Root(terminal, systems, devices ?? new()).Parse(arguments, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
            if (parse.Action is not HelpAction) ParseProblems.ThrowIfAny(parse);
            return parse.Invoke(new InvocationConfiguration
            {
                Output = terminal.Output,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,                   // Ctrl-C is the commands' own: they save first
            });
        }
        catch (UserMistakeException mistake)
        {
            WriteProblems(terminal.Error, mistake.Problems);
            return ExitCode.UserMistake;
        }
        catch (RunFailedException failure)
        {
            terminal.Error.WriteLine($"pilotage: the run stopped. {failure.Message}");
            return ExitCode.RunFailed;
        }
        catch (OperationCanceledException) when (terminal.Interrupted.IsCancellationRequested)
        {
            terminal.Error.WriteLine("pilotage: interrupted.");
            return ExitCode.Interrupted;
        }
#pragma warning disable CA1031 // The top of the program: whatever arrives here is a defect, and a defect always shows its stack trace.
        catch (Exception bug)
#pragma warning restore CA1031
        {
            terminal.Error.WriteLine($"pilotage: this is a bug, please report it with the text below and the command that you typed.\n{bug}");
            return ExitCode.Bug;
        }
        finally
        {
            terminal.Output.Flush();
            terminal.Error.Flush();
        }
    }

    private static Command Root(Terminal terminal, SystemCatalog systems, DeviceCatalog devices)
    {
        // Not a RootCommand: that one is called after the file it runs from, Pilotage.Cli.dll.
        var help = new HelpAction { MaxWidth = terminal.Width };
        var root = new Command("pilotage", Description) { new HelpOption { Action = help, Recursive = true }, new VersionOption() };
        root.Subcommands.Add(ListCommand.Create(terminal, systems));
        root.Subcommands.Add(ShowCommand.Create(terminal, systems));
        root.Subcommands.Add(RunCommand.Create(terminal, systems, devices));
        root.Subcommands.Add(ApplyCommand.Create(terminal, systems, devices));
        if (systems.All.FirstOrDefault(system => system is ISchedules) is { } scheduler) root.Subcommands.Add(ScheduleCommand.Create(terminal, scheduler, devices));
        root.Subcommands.Add(PlayCommand.Create(terminal, systems));
        root.Subcommands.Add(TrainCommand.Create(terminal, devices));
        root.Subcommands.Add(SweepCommand.Create(terminal, systems, devices));
        root.Subcommands.Add(ResumeCommand.Create(terminal, systems, devices));
        root.Subcommands.Add(EvaluateCommand.Create(terminal));
        root.Subcommands.Add(CompareCommand.Create(terminal));
        root.Subcommands.Add(ExportCommand.Create(terminal));
        root.Subcommands.Add(ServeCommand.Create(terminal));
        root.Subcommands.Add(DashboardCommand.Create(terminal, systems));
        root.Subcommands.Add(DataCommand.Create(terminal));
        root.Subcommands.Add(WorkerCommand.Create(terminal, systems, devices));
        root.Subcommands.Add(BenchCommand.Create(terminal, systems, devices));
        root.Subcommands.Add(DoctorCommand.Create(terminal));

        root.SetAction(help.Invoke);
        return root;
    }

    private static void WriteProblems(TextWriter error, IReadOnlyList<string> problems)
    {
        foreach (var problem in problems) error.WriteLine(problem);
        if (problems.Count > 1) error.WriteLine($"{problems.Count} problems. Nothing was run.");
    }
}
