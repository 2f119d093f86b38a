using System.CommandLine;
using Pilotage.Evaluation;
using Pilotage.Lab;
using Pilotage.Lab.Devices;
using Pilotage.Lab.Runs;

namespace Pilotage.Cli.Commands;

/// <summary><c>pilotage run</c>: a system's comparison, with intervals and verdicts.</summary>
internal static class RunCommand
{
    public static Command Create(Terminal terminal, SystemCatalog systems, DeviceCatalog devices)
    {
        var name = new Argument<string>("system") { HelpName = "system", Description = "A system that pilotage list systems shows." };
        var scale = Options.Text("--scale", "scale", "smoke: seconds, no verdicts; laptop: minutes; paper: the paper's own settings. Without it, laptop.");
        var seeds = Options.Text("--seeds", "N", "Seeds of each arm that learns. Without it, the scale's own number.");
        var data = Options.Text("--data", "folder", "Folder of public data sets. Without it, data are generated.");
        var threads = Options.Text("--threads", "N", "Trials at once; changes no result. Without it, one for each core.");
        var flags = new RunFlags();
        var command = new Command("run", "Run a system's comparison: a table with intervals and verdicts.") { name, scale, seeds, data, threads };
        var cluster = new ClusterFlags();
        cluster.AddTo(command);
        flags.AddTo(command);

        command.SetAction(parse =>
        {
            var given = new Given(parse);
            var device = flags.FindDevice(parse, given, devices);
            var system = given.Try(() => systems.Find(parse.GetRequiredValue(name)));
            var chosen = given.Word<Scale>(scale);
            var seedCount = given.Whole(seeds, 1, 100_000);
            var seed = given.Whole(flags.Seed, long.MinValue, long.MaxValue);
            var parallelism = given.Whole(threads, 1, 1024);
            var folder = given.ExistingFolder(data);
            var settings = system is null ? null : flags.Bind(parse, given, system.Settings, system.Settings.Default);
            var openPool = cluster.Read(parse, given);
            given.ThrowIfAny();

            var header = new RunHeader
            {
                Command = Lab.Runs.RunCommand.Run,
                System = system!.Description.Slug,
                Scale = chosen ?? Scale.Laptop,
                Device = device.Name,
                Seed = seed ?? 0,
                SeedCount = (int?)seedCount,
                Data = folder,
                Version = ProgramVersion.Text,
            };
            using var pool = openPool(terminal);
            var run = SystemRun.Begin(
                system, new(header, system.Settings, settings!), configuration => RunFolder.Create(configuration, parse.GetValue(flags.Out), terminal.Time), device);
            return StudySession.Run(run, system, (int?)parallelism, terminal, parse.GetValue(flags.Json), pool);
        });
        return command;
    }
}
