using System.CommandLine;
using System.Globalization;
using Pilotage.Datasets;
using Pilotage.Environments;
using Pilotage.Experience.Datasets;
using Pilotage.Lab.Comparisons;

namespace Pilotage.Cli.Commands;

/// <summary><c>pilotage data record</c>: writes down what a policy does.</summary>
internal static class DataRecordCommand
{
    public static Command Create(Terminal terminal)
    {
        var environment = Options.Text("--environment", "name", "Where the policy acts. Without it, the environment that it was made for.");
        var policy = Options.Text("--policy", "policy", "A run's folder, a folder that pilotage export wrote, heuristic or random. Without it, random.");
        var steps = Options.Text("--steps", "N", "Transitions. Without it, 10000.");
        var noise = Options.Text("--noise", "E", "Probability of a uniform action instead of the policy's, from 0 to 1. Without it, 0.");
        var seed = Options.Text("--seed", "N", "Root of the randomness. Without it, 0.");
        var output = new Option<string>("--out") { HelpName = "file", Description = "Where to write: .parquet, .csv or .jsonl.", Required = true };
        var data = Options.Text("--data", "folder", "Folder of the MuJoCo models or of all data sets.");
        var command = new Command("record", "Write down what a policy does, as a data set.") { environment, policy, steps, noise, seed, output, data };
        command.SetAction(parse =>
        {
            var given = new Given(parse);
            var name = parse.GetValue(policy) ?? PolicyFinder.Random;
            var count = (int)(given.Whole(steps, 1, 100_000_000) ?? 10_000);
            var epsilon = given.Number(noise, 0, 1) ?? 0;
            var root = given.Whole(seed, long.MinValue, long.MaxValue) ?? 0;
            var path = parse.GetRequiredValue(output);
            given.Try(() => DatasetFile.CheckWritable(path));
            var place = given.Try(() => PolicyRow.EnvironmentOf([new("", [name])], parse.GetValue(environment), parse.GetValue(data)));
            var found = place is null ? null : given.Try(() => PolicyFinder.Find(name, place));
            given.ThrowIfAny();

            var dataset = Record(place!, found!, count, epsilon, root);
            DatasetFile.Write(path, dataset);
            terminal.Output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{path}: {dataset.Count} transitions of {place!.Name}, {dataset.CompleteEpisodes} complete episodes.\nLook at it with: pilotage data describe {path}"));
            return ExitCode.Ok;
        });
        return command;
    }

    // One row, so that the transitions stand in the order in which they happened.
    private static TransitionDataset Record(EnvironmentEntry place, NamedPolicy policy, int count, double epsilon, long root)
    {
        var seeds = SeedTree.Root(root);
        var environment = place.Create(1, seeds);
        var dataset = policy.Name == PolicyFinder.Random ? DatasetGenerator.Random(environment, count, seeds)
            : epsilon > 0 ? DatasetGenerator.Noisy(policy.Policy, policy.Name, environment, count, seeds, epsilon)
            : DatasetGenerator.Expert(policy.Policy, policy.Name, environment, count, seeds);
        return new(dataset.Steps, dataset.Origin with { Seed = root });
    }
}
