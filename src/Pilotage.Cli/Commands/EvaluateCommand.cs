using System.CommandLine;
using System.Globalization;
using Pilotage.Lab.Comparisons;
using Pilotage.Lab.Films;

namespace Pilotage.Cli.Commands;

/// <summary><c>pilotage evaluate</c>: one policy beside the environment's heuristic, on evaluation episodes.</summary>
internal static class EvaluateCommand
{
    public static Command Create(Terminal terminal)
    {
        var policy = new Argument<string>("policy") { HelpName = "policy", Description = "A run's folder, a folder that pilotage export wrote, heuristic or random." };
        var environment = Options.Text("--environment", "name", "Where it acts. Without it, the environment that it was made for.");
        var episodes = Options.Text("--episodes", "N", "Evaluation episodes of each. Without it, 100.");
        var seed = Options.Text("--seed", "N", "Root of the episodes' randomness. Without it, 0.");
        var folder = Options.Text("--out", "folder", "Keep report.json, report.html and plots in a new folder.");
        var film = Options.Text("--film", "file.gif", "Film one episode, for environments that can draw themselves; a strip of pictures is written beside it as .png.");
        var json = Options.Json();
        var command = new Command("evaluate", "One policy beside the heuristic, on evaluation episodes.") { policy, environment, episodes, seed, folder, film, json };
        command.SetAction(parse =>
        {
            var given = new Given(parse);
            var name = parse.GetRequiredValue(policy);
            PolicyRow[] rows = [new("", [PolicyFinder.Heuristic]), new("", [name])];
            var count = given.Whole(episodes, 1, 1_000_000) ?? 100;
            var root = given.Whole(seed, long.MinValue, long.MaxValue) ?? 0;
            var place = given.Try(() => PolicyRow.EnvironmentOf(rows, parse.GetValue(environment)));
            var output = given.Try(() => OutputFolder.Check(parse.GetValue(folder)));
            var asked = parse.GetValue(film);
            if (asked is not null) given.Try(() => FilmFile.Check(asked, place));
            var found = place is null ? null : given.Try(() => PolicyFinder.Find(name, place));
            given.ThrowIfAny();

            if (asked is not null)
            {
                var (gif, strip) = FilmFile.Write(asked, found!.Policy, place!, root);
                terminal.Error.WriteLine($"Film of one episode: {gif}, {strip}");
            }
            var title = string.Create(CultureInfo.InvariantCulture, $"{found!.Name} on {place!.Name}, {count} episodes");
            // The heuristic itself is compared with the floor.
            var beside = name == PolicyFinder.Heuristic ? PolicyFinder.Random : PolicyFinder.Heuristic;
            var comparison = new PolicyComparison(place, [new(beside, [PolicyFinder.Find(beside, place)]), new(found.Name, [found])], (int)count, root);
            var repeat = string.Create(CultureInfo.InvariantCulture, $"pilotage evaluate {name} --environment {place.Name} --episodes {count} --seed {root}");
            return ComparisonSession.Run(comparison, title, repeat, output, terminal, parse.GetValue(json));
        });
        return command;
    }
}
