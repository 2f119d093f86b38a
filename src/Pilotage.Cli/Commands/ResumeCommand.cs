using System.CommandLine;
using Pilotage.Lab;
using Pilotage.Lab.Devices;
using Pilotage.Lab.Runs;

namespace Pilotage.Cli.Commands;

/// <summary><c>pilotage resume</c>: goes on with a training or a comparison, bit for bit.</summary>
internal static class ResumeCommand
{
    public static Command Create(Terminal terminal, SystemCatalog systems, DeviceCatalog devices)
    {
        var path = new Argument<string>("run") { HelpName = "run-folder", Description = "The folder of an unfinished training, comparison or sweep." };
        var threads = Options.Text("--threads", "N", "Trials of a comparison or sweep at once; changes no result. Without it, one for each core.");
        var rolloutThreads = Options.Text("--rollout-threads", "N", "Threads that play the rows of a training, as in pilotage train; changes no result.");
        var json = Options.Json();
        var command = new Command("resume", "Go on with an interrupted training, comparison or sweep, bit for bit.") { path, threads, rolloutThreads, json };
        var cluster = new ClusterFlags();
        cluster.AddTo(command);
        command.SetAction(parse =>
        {
            var given = new Given(parse);
            var parallelism = given.Whole(threads, 1, 1024);
            var playerCount = given.Whole(rolloutThreads, 1, 1024);
            var folder = given.Try(() => RunFolder.OpenForResume(parse.GetRequiredValue(path)));
            var device = folder is null ? null : given.Try(() => devices.Find(folder.Header.Device));
            var openPool = cluster.Read(parse, given);
            if (playerCount is not null) cluster.CheckApart(parse, given, rolloutThreads);
            if (folder?.Header.Command == Lab.Runs.RunCommand.Apply && cluster.IsUsed(parse))
                given.Add(new("PIL2113", $"{folder.Path} solves a problem of your own, which one process does; --workers and --cluster share out trainings, comparisons and sweeps.", "", "Leave them out."));
            given.ThrowIfAny();

            var asJson = parse.GetValue(json);
            if (folder!.Header.Command == Lab.Runs.RunCommand.Train)
            {
                using var workers = openPool(terminal);
                var players = RolloutPools.Of(playerCount, workers);
                return TrainingSession.Run(TrainingRun.Resume(folder, device, InstalledEnvironments.All(folder.Header.Data), players), terminal, asJson);
            }
            if (folder.Header.Command == Lab.Runs.RunCommand.Sweep)
            {
                using var tuners = openPool(terminal);
                return SweepSession.Run(Lab.Sweeps.SweepRun.Resume(folder, SweepCommand.Finder(systems, devices)), (int?)parallelism, terminal, asJson, tuners);
            }
            var system = systems.Find(folder.Header.System!);
            if (folder.Header.Command == Lab.Runs.RunCommand.Apply) return ApplySession.Run(system, folder, folder.Configuration(system.Settings), device!, terminal, asJson);
            using var pool = openPool(terminal);
            return StudySession.Run(SystemRun.Resume(system, folder, device), system, (int?)parallelism, terminal, asJson, pool);
        });
        return command;
    }
}
