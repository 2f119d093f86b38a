using System.CommandLine;
using System.Globalization;
using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Lab;
using Pilotage.Lab.Devices;
using Pilotage.Lab.Rollouts;
using Pilotage.Lab.Runs;
using Pilotage.Policies;
using Pilotage.Settings;
using Pilotage.Tensors;

namespace Pilotage.Cli.Commands;

/// <summary><c>pilotage train</c>: one policy, with progress, checkpoints and a final evaluation beside the heuristic.</summary>
internal static class TrainCommand
{
    public static Command Create(Terminal terminal, DeviceCatalog devices)
    {
        var algorithm = new Option<string>("--algorithm", "-a") { HelpName = "name", Required = true, Description = "A learner that pilotage list algorithms shows." };
        var environment = new Option<string>("--environment", "-e") { HelpName = "name", Required = true, Description = "An environment that pilotage list environments shows." };
        var steps = Options.Text("--steps", "N", "Environment steps in all. Without it, the algorithm's own number for the environment.");
        var episodes = Options.Text("--evaluate-episodes", "N", "Episodes of the final evaluation. Without it, 100.");
        var period = Options.Text("--checkpoint-every", "N", "Environment steps between two checkpoints. Without it, 50000; one takes milliseconds.");
        var threads = Options.Text("--threads", "N", "Threads inside large tensor operations; the bits are the same. Pays from some 256 units. Without it, 1.");
        var players = Options.Text("--rollout-threads", "N", "Threads that play the rows of ppo, a2c, impala or recurrent-ppo; the bits are the same. Pays where the environment is slow. Without it, the learner's own.");
        var data = Options.Text("--data", "folder", "Folder of the MuJoCo models. Without it, ../shared/data/mjcf beside the checkout.");
        var warmStart = Options.Text("--warm-start", "source", "Begin from what another policy does: heuristic, or the folder of a run or policy.");
        var warmSteps = Options.Text("--warm-start-steps", "N", "Environment steps recorded of it. Without it, 10000; they do not count as the learner's own.");
        var flags = new RunFlags();
        var cluster = new ClusterFlags();
        var command = new Command("train", "Train one policy: progress, curve, checkpoints, final evaluation.") { algorithm, environment, steps, episodes, period, data, threads, players, warmStart, warmSteps };
        cluster.AddTo(command);
        flags.AddTo(command);

        command.SetAction(parse =>
        {
            var given = new Given(parse);
            var folderOfData = given.ExistingFolder(data);
            var environments = InstalledEnvironments.All(folderOfData);
            var device = flags.FindDevice(parse, given, devices, (int)(given.Whole(threads, 1, 1024) ?? 1));
            var learner = given.Try(() => AlgorithmCatalog.Find(parse.GetRequiredValue(algorithm)));
            var place = given.Try(() => EnvironmentCatalog.Find(parse.GetRequiredValue(environment), environments));
            var playerCount = given.Whole(players, 1, 1024);
            var openPool = cluster.Read(parse, given);
            var isShared = playerCount is not null || cluster.IsUsed(parse);
            if (playerCount is not null) cluster.CheckApart(parse, given, players);
            var stepCount = given.Whole(steps, 1, 1_000_000_000_000);
            var episodeCount = given.Whole(episodes, 1, 1_000_000);
            var checkpointEvery = given.Whole(period, 1, 1_000_000_000_000);
            var warmStepCount = given.Whole(warmSteps, 2, 1_000_000_000);
            var seed = given.Whole(flags.Seed, long.MinValue, long.MaxValue);
            if (learner is not null && place is not null && learner.Refusal(place.Spec) is { } refusal)
                given.Add(new("PIL0211", refusal, "", "Choose another algorithm or environment."));
            if (learner is { UsesTensors: false } && device.Name != Device.Managed.Name)
                given.Add(new("PIL0412", $"--device {device.Name}: {learner.Name} keeps a table and computes no tensors.", "", "Leave --device out."));
            var settings = learner is null ? null : flags.Bind(
                parse, given, learner.Settings, learner.DefaultsFor(place?.Name ?? ""), SettingSource.FromCode(
                    stepCount is { } count ? [new("steps", count.ToString(CultureInfo.InvariantCulture))] : [], "--steps"));
            CheckWarmStart(parse.GetValue(warmStart), learner, place, given);
            // An environment that cannot be made, for want of a library or a model, is told before there is a run folder.
            if (place is not null) given.Try(() => place.Create(1, SeedTree.Root(0)));
            if (isShared && settings is not null && learner is not null && place is not null && learner.Refusal(place.Spec) is null
                && given.Try(() => RolloutSharing.Refusal(learner, place, settings, device)) is { } notShared) given.Add(notShared);
            given.ThrowIfAny();

            var header = new RunHeader
            {
                Command = Lab.Runs.RunCommand.Train,
                Algorithm = learner!.Name,
                Environment = place!.Name,
                Device = device.Name,
                Seed = seed ?? 0,
                Steps = TrainingRun.StepsOf(learner.Settings, settings!),
                EvaluationEpisodes = (int)(episodeCount ?? 100),
                CheckpointEvery = checkpointEvery ?? 50_000,
                WarmStart = parse.GetValue(warmStart),
                WarmStartSteps = warmStepCount ?? 10_000,
                Data = folderOfData,
                Version = ProgramVersion.Text,
            };
            var configuration = new RunConfiguration(header, learner.Settings, settings!);
            using var workers = openPool(terminal);
            var folder = RunFolder.Create(configuration, parse.GetValue(flags.Out), terminal.Time);
            var pool = RolloutPools.Of(playerCount, workers);
            return TrainingSession.Run(TrainingRun.Begin(configuration, folder, device, environments, pool), terminal, parse.GetValue(flags.Json));
        });
        return command;
    }

    // Before a folder is made: a warm start that cannot be is a mistake of the command, not of the run.
    private static void CheckWarmStart(string? source, AlgorithmEntry? learner, EnvironmentEntry? place, Given given)
    {
        if (source is null) return;
        if (learner is { TakesDemonstrations: false })
        {
            var able = AlgorithmCatalog.All.Where(entry => entry.TakesDemonstrations).Select(entry => entry.Name);
            given.Add(new("PIL0213", $"{learner.Name} cannot begin from what another policy did.", "", $"Leave --warm-start out, or take another algorithm: {string.Join(", ", able)}."));
        }
        if (place is not null && source != TrainingRun.HeuristicSource) given.Try(() => PolicyFile.Load(source, place.Spec));
    }
}
