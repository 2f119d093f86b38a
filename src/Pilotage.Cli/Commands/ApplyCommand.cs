using System.CommandLine;
using Pilotage.Lab.Devices;
using Pilotage.Lab.Runs;

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
        var cluster = new ClusterFlags();
        cluster.AddTo(command);
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
            var openPool = cluster.Read(parse, given);
            if (cluster.IsUsed(parse) && system is { Description.SharesApply: false })
                given.Add(new("PIL2113", $"{system.Description.Slug} solves a problem of your own as one piece of work, which one process does; there is nothing that --workers and --cluster could share out.", "", "Leave them out."));
            given.ThrowIfAny();

            var header = new RunHeader { Command = Lab.Runs.RunCommand.Apply, System = system!.Description.Slug, Device = device.Name, Seed = seed, Inputs = inputs, Version = ProgramVersion.Text };
            var configuration = new RunConfiguration(header, system.Settings, settings!);
            using var pool = openPool(terminal);
            return ApplySession.Run(system, RunFolder.Create(configuration, parse.GetValue(flags.Out), terminal.Time), configuration, device, terminal, parse.GetValue(flags.Json), pool);
        });
        return command;
    }
}
