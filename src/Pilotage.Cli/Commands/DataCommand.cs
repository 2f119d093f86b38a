using System.CommandLine;
using System.Globalization;
using Pilotage.Lab.Data;

namespace Pilotage.Cli.Commands;

/// <summary><c>pilotage data</c>: public data sets, listed and downloaded only when asked, and logs of transitions.</summary>
internal static class DataCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("data", "Data sets: public ones, and logs of transitions to learn from.");
        command.Subcommands.Add(CreateList(terminal));
        command.Subcommands.Add(CreateGet(terminal));
        command.Subcommands.Add(DataRecordCommand.Create(terminal));
        command.Subcommands.Add(DataDescribeCommand.Create(terminal));
        return command;
    }

    private static Command CreateList(Terminal terminal)
    {
        var (data, json) = (Folder(), Options.Json());
        var command = new Command("list", "All known data sets, with size, licence and source, and which are present.") { data, json };
        command.SetAction(parse =>
        {
            var root = DataFolders.Root(parse.GetValue(data), Environment.CurrentDirectory);
            if (parse.GetValue(json)) WriteJson(terminal, root);
            else WriteText(terminal, root);
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command CreateGet(Terminal terminal)
    {
        var name = new Argument<string>("name") { HelpName = "name", Description = "A data set that pilotage data list shows." };
        var data = Folder();
        var command = new Command("get", "Download what is missing of a data set, with checksum.") { name, data };
        command.SetAction(parse =>
        {
            var given = parse.GetRequiredValue(name);
            var set = DataCatalog.All.FirstOrDefault(set => string.Equals(set.Name, given, StringComparison.OrdinalIgnoreCase))
                ?? throw UnknownName.Mistake("data set", given, DataCatalog.All.Select(set => set.Name), "pilotage data list");
            var folder = DataFolders.Of(set, DataFolders.Root(parse.GetValue(data), Environment.CurrentDirectory));
            if (set.MissingIn(folder).Count == 0)
            {
                terminal.Output.WriteLine($"{set.Name} is complete in {folder}.");
                return ExitCode.Ok;
            }

            // The sources are files of a few megabytes; a server that is silent for two minutes will not answer.
            using var client = new HttpClient { Timeout = TimeSpan.FromMinutes(2) };
            var progress = new Announcement(terminal.Error);
            var written = new DataDownload(client).GetAsync(set, folder, progress, terminal.Interrupted).GetAwaiter().GetResult();
            terminal.Output.WriteLine($"{written.Count} files written to {folder}; every SHA-256 agrees. Use them with --data {folder}.");
            return ExitCode.Ok;
        });
        return command;
    }

    private static Option<string?> Folder() => Options.Text("--data", "folder", "Folder of the data sets. Without it, ../shared/data beside the checkout.");

    private static void WriteText(Terminal terminal, string root)
    {
        foreach (var set in DataCatalog.All)
        {
            var folder = DataFolders.Of(set, root);
            var missing = set.MissingIn(folder);
            var state = missing.Count == 0 ? $"present in {folder}"
                : missing.Count == set.Files.Count ? $"absent; pilotage data get {set.Name} downloads it"
                : $"incomplete in {folder}: {missing.Count} of {set.Files.Count} files are missing; pilotage data get {set.Name} downloads them";
            terminal.Output.WriteLine($"{set.Name}: {set.Summary}");
            terminal.Output.Write(PlainTable.Of(
                [["size", Size(set.Bytes)], ["licence", set.Licence], ["state", state]], terminal.Width));
            foreach (var file in set.Files)
            {
                terminal.Output.WriteLine($"  {file.Name}  {Size(file.Bytes)}  sha256 {file.Sha256[..16]}…");
                terminal.Output.WriteLine($"    {file.Source}{(file.Derivation.Text.Length > 0 ? $" ({file.Derivation.Text})" : "")}");
            }
        }
    }

    private static void WriteJson(Terminal terminal, string root) => Json.Write(terminal.Output, writer =>
    {
        writer.WriteStartArray();
        foreach (var set in DataCatalog.All)
        {
            var folder = DataFolders.Of(set, root);
            var missing = set.MissingIn(folder);
            writer.WriteStartObject();
            writer.WriteString("name", set.Name);
            writer.WriteString("summary", set.Summary);
            writer.WriteString("licence", set.Licence);
            writer.WriteNumber("bytes", set.Bytes);
            writer.WriteString("folder", folder);
            writer.WriteStartArray("files");
            foreach (var file in set.Files)
            {
                writer.WriteStartObject();
                writer.WriteString("name", file.Name);
                writer.WriteNumber("bytes", file.Bytes);
                writer.WriteString("sha256", file.Sha256);
                writer.WriteString("source", file.Source.ToString());
                writer.WriteBoolean("present", !missing.Contains(file));
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    });

    private static string Size(long bytes) => bytes < 100_000 ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0} kB") : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:0.0} MB");

    private sealed class Announcement(TextWriter error) : IProgress<DataFile>
    {
        public void Report(DataFile value) => error.WriteLine($"Downloading {value.Name} from {value.Source}");
    }
}
