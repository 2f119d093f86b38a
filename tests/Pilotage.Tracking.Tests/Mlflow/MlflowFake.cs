using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Pilotage.Tracking.Tests.Mlflow;

/// <summary>A tracking server on loopback that holds callers to MLflow's rules (its <c>server/handlers.py</c> and <c>utils/validation.py</c>), with what it was told.</summary>
internal sealed partial class MlflowFake : IDisposable
{
    private readonly HttpListener _listener;
    private readonly Thread _thread;
    private int _made;

    public MlflowFake()
    {
        (_listener, Address) = Listen();
        _thread = new(Serve) { IsBackground = true };
        _thread.Start();
    }

    public string Address { get; }

    /// <summary>The header that callers must send.</summary>
    public string? Authorization { get; init; }

    /// <summary>Where it says that a run's artifacts belong, before the run's identity.</summary>
    public string ArtifactRoot { get; init; } = "mlflow-artifacts:/";

    /// <summary>Names by identity.</summary>
    public Dictionary<string, string> Experiments { get; } = new() { ["0"] = "Default" };

    public HashSet<string> DeletedExperiments { get; } = [];

    public Dictionary<string, FakeRun> Runs { get; } = [];

    public List<string> Calls { get; } = [];

    /// <summary>Called before a call is carried out; what it gives is the reply instead.</summary>
    public Func<string, (int Status, string Body)?> Before { get; set; } = _ => null;

    public IEnumerable<FakeRun> Active => Runs.Values.Where(run => !run.IsDeleted);

    public void Dispose()
    {
        _listener.Close();
        _thread.Join();
    }

    private static (HttpListener, string) Listen()
    {
        for (var port = 5_300; ; port++)
        {
            var (listener, address) = (new HttpListener(), $"http://127.0.0.1:{port}/");
            listener.Prefixes.Add(address);
            try
            {
                listener.Start();
                return (listener, address);
            }
            catch (HttpListenerException)
            {
                // The port is taken.
            }
        }
    }

    private void Serve()
    {
        while (true)
        {
            HttpListenerContext context;
            try { context = _listener.GetContext(); }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException) { return; }
            (int Status, string Body) reply;
            using var body = new MemoryStream();
            context.Request.InputStream.CopyTo(body);
            try
            {
                reply = Reply(context.Request, body.ToArray());
            }
            catch (Refused refused)
            {
                reply = (refused.Status, JsonSerializer.Serialize(new Dictionary<string, string> { ["error_code"] = refused.Code, ["message"] = refused.Message }));
            }
            context.Response.StatusCode = reply.Status;
            if (reply.Status is 429 or 503) context.Response.AddHeader("Retry-After", "7");
            if (reply.Status is 302) context.Response.AddHeader("Location", "http://127.0.0.1:1/elsewhere");
            context.Response.Close(Encoding.UTF8.GetBytes(reply.Body), willBlock: true);
        }
    }

    private (int, string) Reply(HttpListenerRequest request, byte[] body)
    {
        var path = request.Url!.AbsolutePath;
        var call = path.Replace("/api/2.0/mlflow/", "", StringComparison.Ordinal);
        Calls.Add(call);
        if (Authorization is not null && request.Headers["Authorization"] != Authorization) return (401, "You are not authenticated.");
        if (Before(call) is { } instead) return instead;
        if (path.StartsWith("/api/2.0/mlflow-artifacts/artifacts/", StringComparison.Ordinal))
        {
            var name = Uri.UnescapeDataString(path["/api/2.0/mlflow-artifacts/artifacts/".Length..]);
            var run = Runs.Values.Single(run => name.StartsWith($"{run.Experiment}/{run.Id}/artifacts/", StringComparison.Ordinal));
            run.Artifacts.Add(name[$"{run.Experiment}/{run.Id}/artifacts/".Length..], body);
            return (200, "{}");
        }
        if (call == "experiments/get-by-name") return (200, Experiment(request.QueryString["experiment_name"]!));
        if (body.Length > 1_000_000) throw new Refused("INVALID_PARAMETER_VALUE", "Batched logging API requests must be at most 1000000 bytes");
        using var document = JsonDocument.Parse(body);
        var root = document.RootElement;
        switch (call)
        {
            case "experiments/search":
                return (200, "{\"experiments\":[]}");
            case "experiments/create":
                if (Experiments.ContainsValue(Text(root, "name"))) throw new Refused("RESOURCE_ALREADY_EXISTS", "It is there.");
                Experiments.Add($"{Experiments.Count}", Text(root, "name"));
                return (200, $"{{\"experiment_id\":\"{Experiments.Count - 1}\"}}");
            case "runs/search":
                var id = TagFilter().Match(Text(root, "filter")).Groups[1].Value;
                var found = Active.Where(run => root.GetProperty("experiment_ids").EnumerateArray().Any(one => one.GetString() == run.Experiment) && run.Tags.GetValueOrDefault("pilotage.id") == id).ToList();
                return (200, found.Count == 0 ? "{}" : $"{{\"runs\":[{string.Join(',', found.Select(Info))}]}}");
            case "runs/create":
                var made = new FakeRun($"r{++_made}", Text(root, "experiment_id"), Text(root, "run_name"), root.GetProperty("start_time").GetInt64());
                foreach (var tag in root.GetProperty("tags").EnumerateArray()) made.Tags.Add(Text(tag, "key"), Text(tag, "value"));
                Runs.Add(made.Id, made);
                return (200, $"{{\"run\":{Info(made)}}}");
            case "runs/log-batch":
                Log(Runs[Text(root, "run_id")], root);
                return (200, "{}");
            case "runs/update":
                (Runs[Text(root, "run_id")].Status, Runs[Text(root, "run_id")].Ended) = (Text(root, "status"), root.GetProperty("end_time").GetInt64());
                return (200, "{}");
            case "runs/delete":
                Runs[Text(root, "run_id")].IsDeleted = true;
                return (200, "{}");
            default:
                return (404, "<html>Not Found</html>");
        }
    }

    private string Experiment(string name)
    {
        var id = Experiments.FirstOrDefault(pair => pair.Value == name).Key ?? throw new Refused("RESOURCE_DOES_NOT_EXIST", $"Could not find experiment with name '{name}'", 404);
        return $"{{\"experiment\":{{\"experiment_id\":\"{id}\",\"lifecycle_stage\":\"{(DeletedExperiments.Contains(name) ? "deleted" : "active")}\"}}}}";
    }

    private string Info(FakeRun run) => $"{{\"info\":{{\"run_id\":\"{run.Id}\",\"artifact_uri\":\"{ArtifactRoot}{run.Experiment}/{run.Id}/artifacts\"}}}}";

    private static void Log(FakeRun run, JsonElement root)
    {
        var (metrics, parameters, tags) = (Array(root, "metrics"), Array(root, "params"), Array(root, "tags"));
        if (metrics.Count > 1000 || parameters.Count > 100 || tags.Count > 100 || metrics.Count + parameters.Count + tags.Count > 1000) throw new Refused("INVALID_PARAMETER_VALUE", "A batch is too large.");
        foreach (var one in metrics.Concat(parameters).Concat(tags)) if (!ValidName().IsMatch(Text(one, "key")) || Text(one, "key").Length > 250) throw new Refused("INVALID_PARAMETER_VALUE", $"Invalid name {Text(one, "key")}");
        foreach (var one in parameters) run.Parameters.Add(Text(one, "key"), AtMost(6000, Text(one, "value")));
        foreach (var one in tags) run.Tags[Text(one, "key")] = AtMost(8000, Text(one, "value"));
        foreach (var one in metrics)
        {
            var value = one.GetProperty("value");
            var number = value.ValueKind == JsonValueKind.Number ? value.GetDouble() : value.GetString() switch { "NaN" => double.NaN, "Infinity" => double.PositiveInfinity, "-Infinity" => double.NegativeInfinity, _ => throw new Refused("BAD_REQUEST", "No number.") };
            if (!run.Metrics.TryGetValue(Text(one, "key"), out var points)) run.Metrics.Add(Text(one, "key"), points = []);
            points.Add((one.GetProperty("timestamp").GetInt64(), number, one.GetProperty("step").GetInt64()));
        }
    }

    private static string AtMost(int most, string text) => text.Length <= most ? text : throw new Refused("INVALID_PARAMETER_VALUE", $"A value had length {text.Length}, which exceeded length limit of {most}");

    private static List<JsonElement> Array(JsonElement root, string name) => root.TryGetProperty(name, out var array) ? [.. array.EnumerateArray()] : [];

    private static string Text(JsonElement root, string name) => root.GetProperty(name).GetString()!;

    [GeneratedRegex(@"^tags\.`pilotage\.id` = '([0-9a-f]{32})'$")]
    private static partial Regex TagFilter();

    [GeneratedRegex(@"^[/\w.\- :]*$")]
    private static partial Regex ValidName();

    private sealed class Refused(string code, string message, int status = 400) : Exception(message)
    {
        public string Code => code;

        public int Status => status;
    }
}

/// <summary>A run as the server has it.</summary>
internal sealed record FakeRun(string Id, string Experiment, string Name, long Started)
{
    public Dictionary<string, List<(long Time, double Value, long Step)>> Metrics { get; } = [];

    public Dictionary<string, string> Parameters { get; } = [];

    public Dictionary<string, string> Tags { get; } = [];

    public Dictionary<string, byte[]> Artifacts { get; } = [];

    public string Status { get; set; } = "RUNNING";

    public long Ended { get; set; }

    public bool IsDeleted { get; set; }
}
