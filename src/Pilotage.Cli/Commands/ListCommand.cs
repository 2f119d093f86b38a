using System.CommandLine;

namespace Pilotage.Cli.Commands;

/// <summary><c>pilotage list</c>: what there is, one line each. Must stay quick: nothing is created but descriptions.</summary>
internal static class ListCommand
{
    public static Command Create(Terminal terminal, SystemCatalog systems)
    {
        var kind = new Argument<string?>("kind") { HelpName = "kind", Arity = ArgumentArity.ZeroOrOne, Description = "Systems, environments, policies or algorithms; all of them if left out." };
        var json = Options.Json();
        var command = new Command("list", "What there is, with one line each.") { kind, json };
        command.SetAction(parse =>
        {
            var listings = Listing.All(systems);
            if (parse.GetValue(kind) is { } given)
            {
                var names = listings.Select(listing => listing.Kind).ToList();
                listings = [.. listings.Where(listing => listing.Kind.Equals(given, StringComparison.OrdinalIgnoreCase))];
                if (listings.Count == 0)
                {
                    var advice = $"{UnknownName.Meant(given, names)}Known: {string.Join(", ", names)}.";
                    throw new UserMistakeException(new Mistake("PIL0407", $"\"{given}\" is nothing to list.", "", advice).ToString());
                }
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
                terminal.Output.Write(PlainTable.Of([.. listing.Entries.Select(entry => new[] { entry.Name, entry.Summary })], int.MaxValue));
            }
            return ExitCode.Ok;
        });
        return command;
    }
}
