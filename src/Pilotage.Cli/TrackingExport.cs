using Pilotage.Evaluation.Reports;
using Pilotage.Tracking;

namespace Pilotage.Cli;

/// <summary>Whole runs in the formats of other tools, as the user sees it.</summary>
internal static class TrackingExport
{
    /// <summary>Checks, writes and tells.</summary>
    /// <param name="runs">Folders of runs.</param>
    /// <param name="format">MLflow, CSV or Parquet.</param>
    /// <param name="folder">Where to; as given.</param>
    /// <param name="given">Gathers the problems.</param>
    /// <param name="terminal">Where to print.</param>
    /// <param name="asJson">Whether to print a document alone.</param>
    public static int Run(string[] runs, ExportFormat format, string folder, Given given, Terminal terminal, bool asJson)
    {
        OutputFolder? output = null;
        if (format == ExportFormat.Mlflow) given.Try<object?>(() => { RunExport.CheckStore(folder); return null; });
        else output = given.Try(() => OutputFolder.Check(folder));
        given.Try<object?>(() => { RunExport.Check(runs); return null; });
        given.ThrowIfAny();

        output?.Make();
        var written = format switch
        {
            ExportFormat.Mlflow => RunExport.ToMlflow(runs, folder),
            ExportFormat.Csv => RunExport.ToCsv(runs, folder),
            _ => RunExport.ToParquet(runs, folder),
        };
        if (asJson)
        {
            Json.Write(terminal.Output, json =>
            {
                json.WriteStartObject();
                json.WriteString("format", Words.Of(format));
                json.WriteStartArray("written");
                foreach (var path in written) json.WriteStringValue(path);
                json.WriteEndArray();
                json.WriteEndObject();
            });
            return ExitCode.Ok;
        }
        terminal.Output.Write($"{(runs.Length == 1 ? "1 run" : $"{runs.Length} runs")} as {Words.Of(format)}\n");
        foreach (var path in written) terminal.Output.Write($"{path}\n");
        if (format == ExportFormat.Mlflow) terminal.Output.Write($"Look at it with: mlflow ui --backend-store-uri {folder}\n");
        return ExitCode.Ok;
    }
}
