using System.Net;
using System.Text.Json;

namespace Pilotage.Tracking.Mlflow;

/// <summary>A tracking server, whatever it keeps its runs in. A run that was exported before is replaced once the new one is whole.</summary>
/// <param name="connection">The server.</param>
/// <remarks>Calls: MLflow's REST interface 2.0 (<c>protos/service.proto</c>, <c>protos/mlflow_artifacts.proto</c>).</remarks>
internal sealed class MlflowServer(MlflowConnection connection)
{
    private const string Proxied = "mlflow-artifacts";

    /// <summary>Refuses, before anything is written, what is not there, is no such server, or does not let the user in.</summary>
    /// <exception cref="UserMistakeException">PIL2028 to PIL2030.</exception>
    public void Check()
    {
        try
        {
            connection.Post("experiments/search", "{\"max_results\":1}");
        }
        catch (MlflowRefusal refusal) when (refusal.Status is null)
        {
            throw Mistake("PIL2028", $"{connection.Address} cannot be reached: {refusal.Message}.", "Check the address, and that the server runs: mlflow server --port 5000.");
        }
        catch (MlflowRefusal refusal) when (refusal.Status is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
        {
            throw Mistake(
                "PIL2029", $"{connection.Address} does not let us in: {refusal.Message}.",
                "Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD, or MLFLOW_TRACKING_TOKEN, in the environment, and check the server's allowed hosts.");
        }
        catch (MlflowRefusal refusal)
        {
            throw Mistake("PIL2030", $"What answers at {connection.Address} is no tracking server of MLflow's: {refusal.Message}.", "Give the address that MLflow's own pages have, without what stands after #.");
        }
    }

    /// <summary>Adds runs.</summary>
    /// <returns>Their pages, and what is to be told.</returns>
    /// <exception cref="RunFailedException">The server does not take one; what it had of earlier exports stays.</exception>
    public ServerExport Add(IReadOnlyList<TrackedRun> runs)
    {
        var (pages, notes) = (new List<string>(), new List<string>());
        foreach (var run in runs)
        {
            try
            {
                var experiment = ExperimentOf(MlflowContent.ExperimentOf(run.Header));
                pages.Add($"{connection.Address}#/experiments/{experiment}/runs/{AddRun(run, experiment, notes)}");
            }
            catch (MlflowRefusal refusal)
            {
                throw new RunFailedException(
                    $"{run.Name} could not be written to {connection.Address}: {refusal.Message}. {(pages.Count > 0 ? $"Written before it: {pages.Count}. " : "")}What an earlier export wrote is kept: export again.", refusal);
            }
        }
        return new(pages, [.. notes.Distinct()]);
    }

    private string ExperimentOf(string name)
    {
        for (var isSecond = false; ; isSecond = true)
        {
            try
            {
                var found = connection.Get($"experiments/get-by-name?experiment_name={Uri.EscapeDataString(name)}").GetProperty("experiment");
                if (found.TryGetProperty("lifecycle_stage", out var stage) && stage.GetString() == "deleted")
                    throw new MlflowRefusal(null, "", $"the experiment \"{name}\" was deleted there and still holds its name; restore it (mlflow experiments restore), or remove it for good (mlflow gc)");
                return found.GetProperty("experiment_id").GetString()!;
            }
            catch (MlflowRefusal refusal) when (refusal.Code == "RESOURCE_DOES_NOT_EXIST" && !isSecond)
            {
                try
                {
                    return connection.Post("experiments/create", Object(("name", name))).GetProperty("experiment_id").GetString()!;
                }
                catch (MlflowRefusal other) when (other.Code == "RESOURCE_ALREADY_EXISTS")
                {
                    // Somebody made it in the meantime.
                }
            }
        }
    }

    private string AddRun(TrackedRun run, string experiment, List<string> notes)
    {
        var (id, content) = (MlflowContent.IdOf(run), MlflowContent.Of(run));
        var before = RunsOf(experiment, id);
        // The tag goes with the run from the first moment, so that the next export finds one that was cut off.
        var made = connection.Post("runs/create", $"{{\"experiment_id\":{Text(experiment)},\"run_name\":{Text(run.Name)},\"start_time\":{run.Started},\"tags\":[{Object(("key", MlflowContent.IdTag), ("value", id))}]}}")
            .GetProperty("run").GetProperty("info");
        var place = made.GetProperty("run_id").GetString()!;
        try
        {
            foreach (var batch in MlflowBatch.Of(content, MlflowContent.TimeOf(run))) connection.Post("runs/log-batch", batch.Body(place));
            AddArtifacts(content, made.TryGetProperty("artifact_uri", out var uri) ? uri.GetString()! : "", notes);
            if (run.Ended is { } ended) connection.Post("runs/update", $"{{\"run_id\":{Text(place)},\"status\":\"FINISHED\",\"end_time\":{ended}}}");
            foreach (var old in before) Delete(old);
        }
        catch (MlflowRefusal)
        {
            try { Delete(place); }
            catch (MlflowRefusal) { }                                    // the first reason is the one to tell
            throw;
        }
        return place;
    }

    private void AddArtifacts(MlflowContent content, string uri, List<string> notes)
    {
        if (!Uri.TryCreate(uri, UriKind.Absolute, out var root) || root.Scheme != Proxied || (root.Authority.Length > 0 && root.Authority != connection.Address.Authority))
        {
            notes.Add($"Reports and figures were not uploaded: the server keeps artifacts of this experiment at {uri} and takes none itself (mlflow server --serve-artifacts does).");
            return;
        }
        foreach (var (name, file) in content.Artifacts) connection.Upload($"{Uri.UnescapeDataString(root.AbsolutePath).Trim('/')}/{name}", file);
    }

    private List<string> RunsOf(string experiment, string id) =>
        connection.Post("runs/search", $"{{\"experiment_ids\":[{Text(experiment)}],\"filter\":{Text($"tags.`{MlflowContent.IdTag}` = '{id}'")},\"run_view_type\":\"ACTIVE_ONLY\",\"max_results\":100}}").TryGetProperty("runs", out var runs)
            ? [.. runs.EnumerateArray().Select(run => run.GetProperty("info").GetProperty("run_id").GetString()!)] : [];

    private void Delete(string run) => connection.Post("runs/delete", Object(("run_id", run)));

    private static string Object(params IEnumerable<(string Key, string Value)> pairs) => $"{{{string.Join(',', pairs.Select(pair => $"\"{pair.Key}\":{Text(pair.Value)}"))}}}";

    private static string Text(string text) => $"\"{JsonEncodedText.Encode(text)}\"";

    private static UserMistakeException Mistake(string code, string what, string advice) => new(new Mistake(code, what, "", advice).ToString());
}
