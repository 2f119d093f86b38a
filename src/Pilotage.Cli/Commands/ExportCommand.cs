using System.CommandLine;
using Pilotage.Evaluation.Reports;
using Pilotage.Lab.Comparisons;
using Pilotage.Lab.Onnx;
using Pilotage.Policies;
using Pilotage.Tracking;
using Pilotage.Training;

namespace Pilotage.Cli.Commands;

/// <summary><c>pilotage export</c>: the policy of a run as a folder of its own, or whole runs in the formats of other tools.</summary>
internal static class ExportCommand
{
    public static Command Create(Terminal terminal)
    {
        var runs = new Argument<string[]>("run") { HelpName = "run", Arity = ArgumentArity.OneOrMore, Description = "The folder of a training; of an unfinished one, the last checkpoint's policy is taken. mlflow, csv and parquet take any runs, and several." };
        var folder = new Option<string>("--out") { HelpName = "folder", Required = true, Description = "A new or an empty folder; for mlflow also a store that is there, or the address of a tracking server, such as http://127.0.0.1:5000." };
        var format = Options.Text("--format", "format", "A policy: safetensors (what this library and pilotage serve read) or onnx. Whole runs: mlflow (a store that mlflow ui opens), csv or parquet. Without it, safetensors.");
        var json = Options.Json();
        var command = new Command("export", "A run's policy as safetensors or ONNX; whole runs for MLflow, as CSV or Parquet.") { runs, folder, format, json };
        command.SetAction(parse =>
        {
            var given = new Given(parse);
            var names = parse.GetRequiredValue(runs);
            var chosen = given.Word<ExportFormat>(format) ?? ExportFormat.Safetensors;
            if (names.Length > 1) given.ThrowIfAny();                    // whether several runs are wrong depends on the format
            if (chosen is ExportFormat.Mlflow or ExportFormat.Csv or ExportFormat.Parquet) return TrackingExport.Run(names, chosen, parse.GetRequiredValue(folder), given, terminal, parse.GetValue(json));
            var name = names[0];
            if (names.Length > 1) given.Add(new("PIL2024", $"--format {Words.Of(chosen)} takes one run; {names.Length} are named.", "", "Export each policy into a folder of its own, or whole runs with --format mlflow, csv or parquet."));
            if (RunExport.IsServer(parse.GetRequiredValue(folder))) given.Add(TrackingExport.NoServer(chosen));
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
