using System.CommandLine;
using Pilotage.Lab.Devices;
using Pilotage.Lab.Runs;
using Pilotage.Systems;

namespace Pilotage.Cli.Commands;

/// <summary><c>pilotage schedule</c>: the user's jobs on the user's machines by one rule or trained policy.</summary>
internal static class ScheduleCommand
{
    public static Command Create(Terminal terminal, ISystem system, DeviceCatalog devices)
    {
        var rules = ((ISchedules)system).Rules;
        var jobs = new Option<string>("--jobs") { HelpName = "file", Required = true, Description = "Jobs: CSV, JSON with stages, or a .swf log." };
        var machines = new Option<string>("--machines") { HelpName = "file", Required = true, Description = "Machines: CSV name,cores,memory,speed." };
        var policy = Options.Text("--policy", "rule|folder", $"{string.Join(", ", rules)}; or a folder that pilotage apply {system.Description.Slug} wrote. Without it, {rules[0]}.");
        var flags = new RunFlags();
        var command = new Command("schedule", "Say which of your jobs runs when on which machine.") { jobs, machines, policy };
        flags.AddTo(command);

        command.SetAction(parse =>
        {
            var given = new Given(parse);
            var device = flags.FindDevice(parse, given, devices);
            string[] inputs = [parse.GetRequiredValue(jobs), parse.GetRequiredValue(machines), parse.GetValue(policy) ?? rules[0]];
            foreach (var (option, path) in new[] { (jobs.Name, inputs[0]), (machines.Name, inputs[1]) })
                if (!File.Exists(path)) given.Add(new("PIL0410", $"{option} {path}: there is no such file.", "", "Check the path."));
            var seed = given.Whole(flags.Seed, long.MinValue, long.MaxValue) ?? 0;
            var settings = flags.Bind(parse, given, system.Settings, system.Settings.Default);
            given.ThrowIfAny();

            var header = new RunHeader { Command = Lab.Runs.RunCommand.Schedule, System = system.Description.Slug, Device = device.Name, Seed = seed, Inputs = inputs, Version = ProgramVersion.Text };
            var configuration = new RunConfiguration(header, system.Settings, settings!);
            var folder = RunFolder.Create(configuration, parse.GetValue(flags.Out), terminal.Time);
            var report = ((ISchedules)system).Schedule(new(settings!, inputs[0], inputs[1], inputs[2], seed, folder.Path) { Device = device });
            return ApplySession.Finish(report, $"{inputs[0]} on {inputs[1]} by {inputs[2]}", system, folder, configuration, terminal, parse.GetValue(flags.Json));
        });
        return command;
    }
}
