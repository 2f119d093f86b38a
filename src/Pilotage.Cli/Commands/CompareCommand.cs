using System.CommandLine;
using System.Globalization;
using Pilotage.Lab.Comparisons;

namespace Pilotage.Cli.Commands;

/// <summary><c>pilotage compare</c>: policies or runs against each other, on paired episodes.</summary>
internal static class CompareCommand
{
    public static Command Create(Terminal terminal)
    {
        var rows = new Argument<string[]>("policies")
        {
            HelpName = "policy", Arity = ArgumentArity.OneOrMore,
            Description = "Two or more of: a run's folder, a folder of pilotage export, heuristic, random. The first is what the others are compared with. name=run1,run2 makes one row of several training seeds.",
        };
        var environment = Options.Text("--environment", "name", "Where they act. Without it, the environment that they were made for.");
        var episodes = Options.Text("--episodes", "N", "Evaluation episodes of each policy. Without it, 100.");
        var seed = Options.Text("--seed", "N", "Root of the episodes' randomness. Without it, 0.");
        var folder = Options.Text("--out", "folder", "Keep report.json, report.html and plots in a new folder.");
        var json = Options.Json();
        var command = new Command("compare", "Policies or runs against each other: paired difference, interval, wins.") { rows, environment, episodes, seed, folder, json };
        command.SetAction(parse =>
        {
            var given = new Given(parse);
            var named = parse.GetRequiredValue(rows).Select(PolicyRow.Parse).ToList();
            if (named.Count < 2) given.Add(new("PIL0619", $"Only {parse.GetRequiredValue(rows)[0]} is named; a comparison needs two.", "", "pilotage evaluate compares one policy with the heuristic."));
            var count = given.Whole(episodes, 1, 1_000_000) ?? 100;
            var root = given.Whole(seed, long.MinValue, long.MaxValue) ?? 0;
            var place = given.Try(() => PolicyRow.EnvironmentOf(named, parse.GetValue(environment)));
            var output = given.Try(() => OutputFolder.Check(parse.GetValue(folder)));
            // The rule that decides today is a row of every table.
            if (named.All(row => !row.Policies.SequenceEqual([PolicyFinder.Heuristic]))) named.Add(new("", [PolicyFinder.Heuristic]));
            var groups = place is null ? [] : named.Select(row => given.Try(() => row.Find(place))).ToList();
            given.ThrowIfAny();

            var comparison = new PolicyComparison(place!, [.. groups.OfType<PolicyGroup>()], (int)count, root);
            var title = string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", groups.OfType<PolicyGroup>().Select(group => group.Name))} on {place!.Name}, {count} episodes");
            var repeat = string.Create(CultureInfo.InvariantCulture, $"pilotage compare {string.Join(" ", parse.GetRequiredValue(rows))} --environment {place.Name} --episodes {count} --seed {root}");
            return ComparisonSession.Run(comparison, title, repeat, output, terminal, parse.GetValue(json));
        });
        return command;
    }
}
