using System.CommandLine;

namespace Pilotage.Cli.Commands;

/// <summary><c>pilotage list</c>: what there is, one line each. Must stay quick: nothing is created but descriptions.</summary>
internal static class ListCommand
{
    public static Command Create(Terminal terminal, SystemCatalog systems)
    {
        var kind = new Argument<string?>("kind") { HelpName = "kind", Arity = ArgumentArity.ZeroOrOne, Description = "Systems, environments, policies, algorithms or runs; all but the runs if left out." };
        var json = Options.Json();
        var folder = Options.Text("--runs", "folder", "Where runs are kept. Without it, runs.");
        var command = new Command("list", "What there is, with one line each.") { kind, folder, json };
        command.SetAction(parse =>
        {
            var listings = Listing.All(systems);
            var runs = parse.GetValue(folder) ?? RunListing.UsualFolder;
            if (parse.GetValue(kind) is { } given)
            {
                if (given.Equals("runs", StringComparison.OrdinalIgnoreCase))
                {
                    RunListing.Write(terminal, runs, parse.GetValue(json));
                    return ExitCode.Ok;
                }
                List<string> names = [.. listings.Select(listing => listing.Kind), "runs"];
                listings = [.. listings.Where(listing => listing.Kind.Equals(given, StringComparison.OrdinalIgnoreCase))];
                if (listings.Count == 0)
                {
                    var advice = $"{UnknownName.Meant(given, names)}Known: {string.Join(", ", names)}.";
                    throw new UserMistakeException(new Mistake("PIL0407", $"\"{given}\" is nothing to list.", "", advice).ToString());
                }
                if (listings[0].Kind == Listing.Policies) listings = [listings[0] with { Entries = [.. listings[0].Entries, .. RunListing.Policies(runs)] }];
            }

            if (parse.GetValue(json))
            {
                Json.Write(terminal.Output, writer =>
                {
                    writer.WriteStartObject();
                    foreach (var listing in listings)
                    {
                        writer.WriteStartArray(listing.Kind);
                        foreach (var (name, summary) in listing.Entries)
                        {
                            writer.WriteStartObject();
                            writer.WriteString("name", name);
                            writer.WriteString("summary", summary);
                            writer.WriteEndObject();
                        }
                        writer.WriteEndArray();
                    }
                    writer.WriteEndObject();
                });
                return ExitCode.Ok;
            }

            foreach (var listing in listings)
            {
                if (listing != listings[0]) terminal.Output.WriteLine();
                terminal.Output.WriteLine($"{char.ToUpperInvariant(listing.Kind[0])}{listing.Kind[1..]} ({listing.Use})");
                terminal.Output.Write(PlainTable.Of([.. listing.Entries.Select(entry => new[] { entry.Name, entry.Summary })], terminal.ListWidth));
            }
            return ExitCode.Ok;
        });
        return command;
    }
}
