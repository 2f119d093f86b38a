using System.CommandLine;
using System.Globalization;
using Pilotage.Algorithms;
using Pilotage.Environments;
using Pilotage.Evaluation;
using Pilotage.Evaluation.Reports;
using Pilotage.Lab.Devices;
using Pilotage.Lab.Runs;
using Pilotage.Lab.Sweeps;
using Pilotage.Lab.Sweeps.Search;
using Pilotage.Lab.Sweeps.Targets;
using Pilotage.Settings;

namespace Pilotage.Cli.Commands;

/// <summary><c>pilotage sweep</c>: a search for better settings, judged on seeds that the search never saw.</summary>
internal static class SweepCommand
{
    public static Command Create(Terminal terminal, SystemCatalog systems, DeviceCatalog devices)
    {
        var data = Options.Text("--data", "folder", "Folder of data sets or of the MuJoCo models, as for run and train.");
        var seed = Options.Text("--seed", "N", "Root of all randomness; the same one gives the same bits. Without it, 0.");
        var threads = Options.Text("--threads", "N", "Trials at once; changes no result. Without it, one for each core.");
        var output = Options.Text("--out", "folder", "The run folder itself. Without it, a new one in runs/.");
        var device = Options.Text("--device", "name", "Where to compute: cpu, torch or cuda. Without it, cpu.");
        var (flags, json) = (new SweepFlags(), Options.Json());
        var command = new Command("sweep", "Search for better settings and judge the best on seeds that the search never saw.");
        flags.AddTo(command);
        foreach (var option in new Option[] { data, seed, threads, output, device, json }) command.Options.Add(option);
        var cluster = new ClusterFlags();
        cluster.AddTo(command);

        command.SetAction(parse =>
        {
            var given = new Given(parse);
            var file = flags.File(parse);
            foreach (var mistake in file.Mistakes) given.Add(mistake);
            var parallelism = given.Whole(threads, 1, 1024);
            var root = given.Whole(seed, long.MinValue, long.MaxValue) ?? HeadNumber(file, "seed", given);
            var place = given.Try(() => devices.Find(parse.GetValue(device) ?? SweepFlags.Head(file, "device") ?? "cpu"));
            var scale = given.Word<Scale>(flags.Scale) ?? HeadScale(file, given);
            var folder = given.ExistingFolder(data) ?? SweepFlags.Head(file, "data");
            var header = HeaderOf(parse, flags, file, systems, folder, given) is { } named
                ? named with { Scale = scale ?? Scale.Laptop, Seed = root ?? 0, Device = place?.Name ?? "cpu", Data = folder, Version = ProgramVersion.Text } : null;
            if (header is null) given.ThrowIfAny();

            var finder = Finder(systems, devices);
            var schema = finder.SchemaOf(header!);
            var (tuned, usual) = (SweepRecord.TargetOf(schema), StartOf(header!, schema, parse.GetValue(flags.Plain) || SweepFlags.Head(file, "plain") is "true"));
            var sweep = given.Try(() => SettingsBinder.Bind<SweepSettings>(SweepSettings.Schema, flags.Sweep(parse, file)));
            var start = given.Try(() => SettingsBinder.Bind(tuned, usual, flags.Start(parse, file)));
            if (flags.Ranges(parse, file) is { Count: > 0 } ranges) given.Try(() => RangeText.Read(ranges, tuned, start ?? usual));
            var openPool = cluster.Read(parse, given);
            given.ThrowIfAny();
            using var pool = openPool(terminal);
            var run = SweepRun.Begin(new(header!, schema, new SweepRecord(sweep!, start!)), finder, configuration => RunFolder.Create(configuration, parse.GetValue(output), terminal.Time), terminal.Interrupted);
            return SweepSession.Run(run, (int?)parallelism, terminal, parse.GetValue(json), pool);
        });
        return command;
    }

    /// <summary>Finds what sweeps of this build tune.</summary>
    public static TargetFinder Finder(SystemCatalog systems, DeviceCatalog devices) => new(systems.All, InstalledEnvironments.All, devices);

    private static RunHeader? HeaderOf(ParseResult parse, SweepFlags flags, SettingSource file, SystemCatalog systems, string? data, Given given)
    {
        var (system, algorithm, environment) = (parse.GetValue(flags.System) ?? SweepFlags.Head(file, "system"), parse.GetValue(flags.Algorithm) ?? SweepFlags.Head(file, "algorithm"), parse.GetValue(flags.Environment) ?? SweepFlags.Head(file, "environment"));
        if (system is null == (algorithm is null && environment is null) || system is null && (algorithm is null || environment is null))
        {
            var got = string.Join(", ", new[] { system, algorithm, environment }.OfType<string>());
            given.Add(new("PIL2011", got.Length == 0 ? "Nothing is named that could be tuned." : $"A sweep tunes one thing; named: {got}.", "", "Name a system and its --arm, or --algorithm and --environment: pilotage sweep --algorithm ppo --environment CartPole-v1 --vary learningRate=1e-4..1e-2:log"));
            return null;
        }
        if (system is not null)
        {
            var found = given.Try(() => systems.Find(system));
            return found is null ? null : new() { Command = Lab.Runs.RunCommand.Sweep, System = found.Description.Slug };
        }
        var learner = given.Try(() => AlgorithmCatalog.Find(algorithm!));
        var place = given.Try(() => EnvironmentCatalog.Find(environment!, InstalledEnvironments.All(data)));
        if (learner is null || place is null) return null;
        given.Try(() => place.Create(1, SeedTree.Root(0)));
        return new() { Command = Lab.Runs.RunCommand.Sweep, Algorithm = learner.Name, Environment = place.Name };
    }

    private static object StartOf(RunHeader header, SettingsSchema schema, bool isPlain) =>
        header.System is not null || isPlain ? SweepRecord.TargetOf(schema).Default : AlgorithmCatalog.Find(header.Algorithm!).DefaultsFor(header.Environment!);

    private static long? HeadNumber(SettingSource file, string key, Given given)
    {
        if (SweepFlags.Head(file, key) is not { } text) return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)) return number;
        given.Add(new("PIL0102", $"{key} = {text} is not a whole number.", "", "Give a whole number."));
        return null;
    }

    private static Scale? HeadScale(SettingSource file, Given given)
    {
        if (SweepFlags.Head(file, "scale") is not { } text) return null;
        foreach (var scale in Enum.GetValues<Scale>()) if (Words.Of(scale) == text) return scale;
        given.Add(new("PIL0104", $"scale = {text} is not one of the allowed values.", "", "Use smoke, laptop or paper."));
        return null;
    }
}
