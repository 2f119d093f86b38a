using System.CommandLine;
using Pilotage.Lab.Comparisons;
using Pilotage.Policies;

namespace Pilotage.Cli.Commands;

/// <summary><c>pilotage export</c>: the policy of a run as a folder of its own.</summary>
internal static class ExportCommand
{
    public static Command Create(Terminal terminal)
    {
        var run = new Argument<string>("run") { HelpName = "run", Description = "The folder of a training; of an unfinished one, the last checkpoint's policy is taken." };
        var folder = new Option<string>("--out") { HelpName = "folder", Required = true, Description = "A new or an empty folder; gets policy.json and policy.safetensors." };
        var json = Options.Json();
        var command = new Command("export", "A run's policy as a folder: description and weights.") { run, folder, json };
        command.SetAction(parse =>
        {
            var given = new Given(parse);
            var name = parse.GetRequiredValue(run);
            var output = given.Try(() => OutputFolder.Check(parse.GetRequiredValue(folder)));
            var place = given.Try(() => PolicyRow.EnvironmentOf([new("", [name])], given: null));
            var found = place is null ? null : given.Try(() => PolicyFinder.Find(name, place));
            given.ThrowIfAny();

            output!.Make();
            PolicyFile.Save(found!.Policy, found.Environment ?? place!.Spec, output.Path, found.Source);
            var manifest = PolicyFile.ReadManifest(output.Path);
            if (parse.GetValue(json)) terminal.Output.Write(File.ReadAllText(Path.Combine(output.Path, PolicyFile.DescriptionName)));
            else
            {
                terminal.Output.Write($"The policy of {name} for {manifest.Environment.Name}, parameters {manifest.ParameterHash[..16]}…\n");
                foreach (var file in new[] { PolicyFile.DescriptionName, PolicyFile.WeightsName }) terminal.Output.Write($"{Path.Combine(output.Path, file)}\n");
            }
            return ExitCode.Ok;
        });
        return command;
    }
}
