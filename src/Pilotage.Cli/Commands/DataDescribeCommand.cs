using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Pilotage.Cli.Printing;
using Pilotage.Datasets;
using Pilotage.Experience.Datasets;

namespace Pilotage.Cli.Commands;

/// <summary><c>pilotage data describe</c>: how good the play in a log is, how much it covers, and what to learn from it with.</summary>
internal static class DataDescribeCommand
{
    public static Command Create(Terminal terminal)
    {
        var file = new Argument<string>("file") { HelpName = "file", Description = "Transitions: .parquet, .csv, .jsonl, or Minari's .hdf5." };
        var random = Options.Text("--reference-random", "R", "Mean return of random play. With --reference-expert, TQ is measured.");
        var expert = Options.Text("--reference-expert", "R", "Mean return of the best policy known.");
        var reference = Options.Text("--reference-coverage", "file,…", "Data that cover the task, such as a learner's replay. With them, SACo is measured.");
        var bins = Options.Text("--bins", "N|exact", "Edges per axis when states are counted, or exact. Without it, exact if no axis has more than 100 values, else 100.");
        var actions = Options.Text("--actions", "N", "Number of discrete actions, where the file does not say it.");
        var json = Options.Json();
        var command = new Command("describe", "How good the play in a log is, how much it covers, and what to learn from it with.") { file, random, expert, reference, bins, actions, json };
        command.SetAction(parse =>
        {
            var given = new Given(parse);
            var (low, high) = (given.Number(random), given.Number(expert));
            if (parse.GetValue(random) is null != parse.GetValue(expert) is null)
                given.Add(new("PIL0416", "One of --reference-random and --reference-expert is given alone.", "", "TQ needs both: 0 is the one and 1 the other."));
            var reading = new DatasetReading { ActionCount = (int?)given.Whole(actions, 1, 1_000_000) };
            var edges = parse.GetValue(bins) is null or "exact" ? null : given.Whole(bins, 2, 1_000_000);
            var dataset = given.Try(() => DatasetFile.Read(parse.GetRequiredValue(file), reading));
            var covering = parse.GetValue(reference) is { } files ? given.Try(() => Joined(files.Split(',', StringSplitOptions.RemoveEmptyEntries), reading)) : null;
            given.ThrowIfAny();

            var counted = parse.GetValue(bins) == "exact" ? CoverageBins.Exact : edges is { } count ? CoverageBins.Uniform((int)count) : null;
            var description = DatasetDescription.Of(dataset!, new(low, high, covering, counted), SeedTree.Root(0));
            if (parse.GetValue(json)) Json.Write(terminal.Output, writer => WriteJson(writer, description));
            else WriteText(terminal, description);
            return ExitCode.Ok;
        });
        return command;
    }

    private static TransitionDataset Joined(string[] files, DatasetReading reading) => TransitionDataset.Join(new() { Kind = DatasetKind.Other }, [.. files.Select(file => DatasetFile.Read(file, reading))]);

    private static void WriteText(Terminal terminal, DatasetDescription it)
    {
        var (dataset, origin) = (it.Dataset, it.Dataset.Origin);
        var bins = it.Bins.Edges == 0 ? "equal numbers" : Text($"{it.Bins.Edges} edges per axis");
        List<IReadOnlyList<string>> rows =
        [
            ["environment", Text($"{dataset.Spec.Name}, {dataset.Spec.ObservationSize} numbers; each action {ActionSpaceText.Of(dataset.Spec.Actions)}")],
            ["origin", string.Join("; ", new[] { origin.Kind.ToString().ToLowerInvariant(), origin.Behaviour, origin.Seed is { } seed ? Text($"seed {seed}") : "", origin.Note }.Where(part => part.Length > 0))],
            ["transitions", Text($"{dataset.Count}")],
            ["episodes", Text($"{dataset.CompleteEpisodes} complete, {dataset.Episodes.Count - dataset.CompleteEpisodes} cut off")],
            ["return", Range(it.Returns)],
            ["length", Range(it.Lengths)],
            ["sparsity", it.Sparsity is { } zeros ? Text($"{zeros:0.000} of an episode's rewards are 0") : "unknown: no complete episode"],
        ];
        if (it.ActionShares.Count > 0) rows.Add(["actions", string.Join(", ", it.ActionShares.Select((share, action) => Text($"{action}: {share:0.0%}").Replace(" %", "%", StringComparison.Ordinal)))]);
        rows.Add(["TQ", it.Quality is { } quality ? Text($"{quality:0.000}") : it.Returns is null ? "unknown: no complete episode" : "unknown: give --reference-random and --reference-expert"]);
        rows.Add(["SACo", it.Coverage is { } coverage ? Text($"{coverage:0.000} ({it.Pairs} of {it.ReferencePairs} pairs by {bins}), lSACo {it.LogCoverage:0.000}") : Text($"unknown: give --reference-coverage ({it.Pairs} pairs by {bins})")]);
        rows.Add(["entropy", Text($"{it.PairEntropy:0.000} nats of pairs, as {Math.Exp(it.PairEntropy):0.0} even ones") + (it.CloneEntropy is { } clone ? Text($"; a cloned policy's is {clone:0.000} of uniform choice") : "")]);
        rows.Add(["learn with", it.Advice.Family]);
        rows.Add(["because", it.Advice.Evidence]);
        terminal.Output.Write(PlainTable.Of(rows, terminal.Width));
    }

    private static string Range((double Least, double Mean, double Most)? range) =>
        range is { } known ? Text($"{known.Mean:0.###} on average, {known.Least:0.###} to {known.Most:0.###}") : "unknown: no complete episode";

    private static void WriteJson(Utf8JsonWriter writer, DatasetDescription it)
    {
        var (dataset, origin) = (it.Dataset, it.Dataset.Origin);
        writer.WriteStartObject();
        writer.WriteString("environment", dataset.Spec.Name);
        writer.WriteString("kind", origin.Kind.ToString().ToLowerInvariant());
        writer.WriteString("behaviour", origin.Behaviour);
        writer.WriteString("note", origin.Note);
        writer.WriteNumber("transitions", dataset.Count);
        writer.WriteNumber("completeEpisodes", dataset.CompleteEpisodes);
        writer.WriteNumber("pieces", dataset.Episodes.Count - dataset.CompleteEpisodes);
        Range(writer, "return", it.Returns);
        Range(writer, "length", it.Lengths);
        Number(writer, "sparsity", it.Sparsity);
        writer.WriteStartArray("actionShares");
        foreach (var share in it.ActionShares) writer.WriteNumberValue(share);
        writer.WriteEndArray();
        Number(writer, "tq", it.Quality);
        Number(writer, "saco", it.Coverage);
        Number(writer, "lsaco", it.LogCoverage);
        writer.WriteNumber("pairs", it.Pairs);
        Number(writer, "referencePairs", it.ReferencePairs);
        writer.WriteNumber("binEdges", it.Bins.Edges);
        writer.WriteNumber("pairEntropy", it.PairEntropy);
        Number(writer, "cloneEntropy", it.CloneEntropy);
        writer.WriteString("learnWith", it.Advice.Family);
        writer.WriteString("because", it.Advice.Evidence);
        writer.WriteEndObject();
    }

    private static void Range(Utf8JsonWriter writer, string name, (double Least, double Mean, double Most)? range)
    {
        Number(writer, $"{name}Least", range?.Least);
        Number(writer, $"{name}Mean", range?.Mean);
        Number(writer, $"{name}Most", range?.Most);
    }

    private static void Number(Utf8JsonWriter writer, string name, double? value)
    {
        if (value is { } known) writer.WriteNumber(name, known);
        else writer.WriteNull(name);
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
