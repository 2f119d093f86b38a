using System.CommandLine;
using Pilotage.Cli.Printing;
using Pilotage.Evaluation.Reports;
using Pilotage.Lab.Devices;
using Pilotage.Lab.Reports;
using Pilotage.Lab.Runs;
using Pilotage.Systems;

namespace Pilotage.Cli.Commands;

/// <summary><c>pilotage apply</c>: a system on the user's own problem.</summary>
internal static class ApplyCommand
{
    public static Command Create(Terminal terminal, SystemCatalog systems, DeviceCatalog devices)
    {
        var name = new Argument<string>("system") { HelpName = "system", Description = "A system that pilotage list systems shows." };
        var input = new Option<string[]>("--input") { HelpName = "path", Required = true, Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = true, Description = "Your files; pilotage show <system> says which." };
        var flags = new RunFlags();
        var command = new Command("apply", "Solve your own problem with a system.") { name, input };
        flags.AddTo(command);

        command.SetAction(parse =>
        {
            var given = new Given(parse);
            var device = flags.FindDevice(parse, given, devices);
            var system = given.Try(() => systems.Find(parse.GetRequiredValue(name)));
            var inputs = parse.GetRequiredValue(input);
            foreach (var path in inputs.Where(path => system is not { Description.TakesNames: true } && !File.Exists(path) && !Directory.Exists(path)))
                given.Add(new("PIL0410", $"--input {path}: there is no such file.", "", "Check the path."));
            var seed = given.Whole(flags.Seed, long.MinValue, long.MaxValue) ?? 0;
            var settings = system is null ? null : flags.Bind(parse, given, system.Settings, system.Settings.Default);
            given.ThrowIfAny();

            var slug = system!.Description.Slug;
            var header = new RunHeader { Command = Lab.Runs.RunCommand.Apply, System = slug, Device = device.Name, Seed = seed, Inputs = inputs, Version = ProgramVersion.Text };
            var folder = RunFolder.Create(new(header, system.Settings, settings!), parse.GetValue(flags.Out), terminal.Time);
            terminal.Error.WriteLine($"Applying {slug} to {string.Join(", ", inputs)}, in {folder.Path}");
            var report = Watch.Run(terminal, slug, tell => system.Apply(new(settings!, inputs, seed, folder.Path) { Device = device }, new Teller(tell), terminal.Interrupted));
            ReportFolder.Write(folder.Path, report, $"{slug} on {string.Join(", ", inputs)}", RepeatingCommand.Of(new(header, system.Settings, settings!), system.Settings.Default));
            var json = ApplyJson.Write(slug, report);
            folder.WriteReport(json);
            if (parse.GetValue(flags.Json)) terminal.Output.Write(json);
            else Summarise(report, folder, terminal);
            return ExitCode.Ok;
        });
        return command;
    }

    private static void Summarise(ApplyReport report, RunFolder folder, Terminal terminal)
    {
        terminal.Output.Write(string.Concat(Wrap.Lines(report.Headline, terminal.Width).Select(line => line + "\n")) + "\n");
        terminal.Output.Write(Tables.Of(new TextTable(report.Columns, report.Rows), terminal.Width));
        terminal.Output.Write("\n" + PlainTable.Of([.. report.Notes.Select(note => new[] { "-", note })], terminal.Width, indent: 0));
        foreach (var file in report.Files) terminal.Output.Write($"{Path.Combine(folder.Path, file)}\n");
        terminal.Output.Write($"Report: {folder.PagePath}\n");
    }

    private sealed class Teller(Action<double, string> tell) : IProgress<(double Share, string Text)>
    {
        public void Report((double Share, string Text) value) => tell(value.Share, value.Text);
    }
}
