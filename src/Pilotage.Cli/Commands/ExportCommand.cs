using System.CommandLine;
using Pilotage.Lab.Comparisons;
using Pilotage.Lab.Onnx;
using Pilotage.Policies;
using Pilotage.Training;

namespace Pilotage.Cli.Commands;

/// <summary><c>pilotage export</c>: the policy of a run as a folder of its own.</summary>
internal static class ExportCommand
{
    public static Command Create(Terminal terminal)
    {
        var run = new Argument<string>("run") { HelpName = "run", Description = "The folder of a training; of an unfinished one, the last checkpoint's policy is taken." };
        var folder = new Option<string>("--out") { HelpName = "folder", Required = true, Description = "A new or an empty folder; gets policy.json and policy.safetensors, or policy.onnx." };
        var format = Options.Text("--format", "format", "safetensors: what this library and pilotage serve read; onnx: one file for ONNX runtimes in other languages. Without it, safetensors.");
        var json = Options.Json();
        var command = new Command("export", "A run's policy as a folder: description and weights, or ONNX.") { run, folder, format, json };
        command.SetAction(parse =>
        {
            var given = new Given(parse);
            var name = parse.GetRequiredValue(run);
            var chosen = given.Word<ExportFormat>(format) ?? ExportFormat.Safetensors;
            var output = given.Try(() => OutputFolder.Check(parse.GetRequiredValue(folder)));
            var place = given.Try(() => PolicyRow.EnvironmentOf([new("", [name])], given: null));
            var found = place is null ? null : given.Try(() => PolicyFinder.Find(name, place));
            given.ThrowIfAny();

            output!.Make();
            var spec = found!.Environment ?? place!.Spec;
            if (chosen == ExportFormat.Onnx) OnnxExport.Save(found.Policy, spec, Path.Combine(output.Path, OnnxExport.FileName), found.Source);
            else PolicyFile.Save(found.Policy, spec, output.Path, found.Source);
            var hash = ParameterHash.Of(((IPortablePolicy)found.Policy).Weights);
            string[] files = [.. (chosen == ExportFormat.Onnx ? [OnnxExport.FileName] : new[] { PolicyFile.DescriptionName, PolicyFile.WeightsName }).Select(file => Path.Combine(output.Path, file))];
            if (!parse.GetValue(json))
            {
                terminal.Output.Write($"The policy of {name} for {spec.Name}, parameters {hash[..16]}…\n");
                foreach (var file in files) terminal.Output.Write($"{file}\n");
            }
            else if (chosen == ExportFormat.Safetensors) terminal.Output.Write(File.ReadAllText(files[0]));
            else WriteJson(terminal.Output, spec.Name, hash, files[0]);
            return ExitCode.Ok;
        });
        return command;
    }

    private static void WriteJson(TextWriter output, string environment, string hash, string file) => Json.Write(output, json =>
    {
        json.WriteStartObject();
        json.WriteString("format", "onnx");
        json.WriteString("environment", environment);
        json.WriteString("parameterHash", hash);
        json.WriteString("file", file);
        json.WriteEndObject();
    });
}
