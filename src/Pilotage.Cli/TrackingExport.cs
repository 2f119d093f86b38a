using Pilotage.Evaluation.Reports;
using Pilotage.Tracking;

namespace Pilotage.Cli;

/// <summary>Whole runs in the formats of other tools, as the user sees it.</summary>
internal static class TrackingExport
{
    /// <summary>Checks, writes and tells.</summary>
    /// <param name="runs">Folders of runs.</param>
    /// <param name="format">MLflow, CSV or Parquet.</param>
    /// <param name="folder">Where to, as given: a folder, or for MLflow the address of a server.</param>
    /// <param name="given">Gathers the problems.</param>
    /// <param name="terminal">Where to print.</param>
    /// <param name="asJson">Whether to print a document alone.</param>
    public static int Run(string[] runs, ExportFormat format, string folder, Given given, Terminal terminal, bool asJson)
    {
        OutputFolder? output = null;
        var isServer = RunExport.IsServer(folder);
        if (isServer && format != ExportFormat.Mlflow) given.Add(NoServer(format));
        else if (isServer) given.Try<object?>(() => { RunExport.CheckServer(folder); return null; });
        else if (format == ExportFormat.Mlflow) given.Try<object?>(() => { RunExport.CheckStore(folder); return null; });
        else output = given.Try(() => OutputFolder.Check(folder));
        given.Try<object?>(() => { RunExport.Check(runs); return null; });
        given.ThrowIfAny();

        output?.Make();
        var server = isServer ? RunExport.ToMlflowServer(runs, folder) : null;
        var written = server is not null ? server.Pages : format switch
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
                if (server is not null)
                {
                    json.WriteStartArray("notes");
                    foreach (var note in server.Notes) json.WriteStringValue(note);
                    json.WriteEndArray();
                }
                json.WriteEndObject();
            });
            return ExitCode.Ok;
        }
        terminal.Output.Write($"{(runs.Length == 1 ? "1 run" : $"{runs.Length} runs")} as {Words.Of(format)}\n");
        foreach (var path in written) terminal.Output.Write($"{path}\n");
        foreach (var note in server?.Notes ?? []) terminal.Output.Write($"{note}\n");
        if (format == ExportFormat.Mlflow && server is null) terminal.Output.Write($"Look at it with: mlflow ui --backend-store-uri {folder}\nMLflow 3.13 and later open folders only with MLFLOW_ALLOW_FILE_STORE=true; their servers take runs by --out http://127.0.0.1:5000.\n");
        return ExitCode.Ok;
    }

    /// <summary>That a format is written into folders alone. The address is not repeated: it may hold a password.</summary>
    public static Mistake NoServer(ExportFormat format) => new("PIL2025", $"--out is an address; {Words.Of(format)} is written into a folder.", "", "Only --format mlflow writes to a server.");
}
