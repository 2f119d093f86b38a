using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Pilotage.Tracking.Mlflow;

/// <summary>Calls of one tracking server's REST interface, version 2.0, which MLflow 2 and 3 share.</summary>
/// <remarks>No redirection is followed, so that a run and its password go to the address that the user gave and to no other.</remarks>
internal sealed class MlflowConnection : IDisposable
{
    private const int Tries = 5;
    private static readonly TimeSpan CallTime = TimeSpan.FromMinutes(1), UploadTime = TimeSpan.FromMinutes(15), MostWait = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client;
    private readonly Action<TimeSpan> _wait;

    /// <param name="address">Ends with a slash.</param>
    /// <param name="credentials">Sent with each call; <see langword="null"/> for none.</param>
    /// <param name="wait">Waits, where the server says that it is too busy.</param>
    public MlflowConnection(Uri address, AuthenticationHeaderValue? credentials, Action<TimeSpan> wait)
    {
        (Address, _wait) = (address, wait);
        _client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.Authorization = credentials;
        _client.DefaultRequestHeaders.UserAgent.Add(new("pilotage", null));
    }

    /// <summary>The server.</summary>
    public Uri Address { get; }

    /// <summary>Asks for something.</summary>
    /// <param name="call">Such as <c>experiments/get-by-name?experiment_name=a</c>.</param>
    /// <exception cref="MlflowRefusal">It is not given.</exception>
    public JsonElement Get(string call) => Send(() => new(HttpMethod.Get, $"{Address}api/2.0/mlflow/{call}"), CallTime);

    /// <summary>Has something done.</summary>
    /// <param name="call">Such as <c>runs/create</c>.</param>
    /// <param name="body">A JSON object.</param>
    /// <exception cref="MlflowRefusal">It is not done.</exception>
    public JsonElement Post(string call, string body) =>
        Send(() => new(HttpMethod.Post, $"{Address}api/2.0/mlflow/{call}") { Content = new StringContent(body, Encoding.UTF8, "application/json") }, CallTime);

    /// <summary>Hands over a file to a server that keeps artifacts itself.</summary>
    /// <param name="path">Within its store of artifacts, with slashes.</param>
    /// <param name="file">The file; another process may be writing it.</param>
    /// <exception cref="MlflowRefusal">It is not taken.</exception>
    public void Upload(string path, string file) => Send(
        () => new(HttpMethod.Put, $"{Address}api/2.0/mlflow-artifacts/artifacts/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}")
        {
            Content = new StreamContent(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite)) { Headers = { ContentType = new("application/octet-stream") } },
        }, UploadTime);

    public void Dispose() => _client.Dispose();

    private JsonElement Send(Func<HttpRequestMessage> create, TimeSpan time)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var request = create();
            using var limit = new CancellationTokenSource(time);
            HttpResponseMessage reply;
            string text;
            try
            {
                reply = _client.Send(request, HttpCompletionOption.ResponseContentRead, limit.Token);
                using var reader = new StreamReader(reply.Content.ReadAsStream(limit.Token));
                text = reader.ReadToEnd();
            }
            catch (HttpRequestException exception)
            {
                throw new MlflowRefusal(null, "", (exception.InnerException ?? exception).Message.TrimEnd('.'));
            }
            catch (OperationCanceledException)
            {
                throw new MlflowRefusal(null, "", $"no reply within {time.TotalMinutes:0} min");
            }
            using (reply)
            {
                // A call that was refused for want of time was not carried out.
                if (reply.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable && attempt < Tries)
                {
                    var asked = reply.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1 << attempt);
                    _wait(asked < MostWait ? asked : MostWait);
                    continue;
                }
                return Read(reply, text);
            }
        }
    }

    private static JsonElement Read(HttpResponseMessage reply, string text)
    {
        if ((int)reply.StatusCode is >= 300 and < 400) throw new MlflowRefusal(reply.StatusCode, "", $"it sends elsewhere, to {reply.Headers.Location}");
        var document = Parse(text);
        if (reply.IsSuccessStatusCode) return document ?? throw new MlflowRefusal(reply.StatusCode, "", "its reply is no JSON");
        var isMlflows = document is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("error_code", out _);
        var (code, message) = isMlflows ? (TextOf(document!.Value, "error_code"), TextOf(document.Value, "message")) : ("", reply.ReasonPhrase ?? "");
        throw new MlflowRefusal(reply.StatusCode, code, $"{(int)reply.StatusCode} {OneLine(isMlflows ? $"{code}: {message}" : message)}".TrimEnd());
    }

    private static JsonElement? Parse(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string TextOf(JsonElement root, string key) => root.TryGetProperty(key, out var value) ? value.ToString() : "";

    // What a server says is shown to the user: one line of it, without signs that move a terminal's cursor.
    private static string OneLine(string text)
    {
        var line = new string([.. text.ReplaceLineEndings(" ").Where(character => !char.IsControl(character))]).Trim().TrimEnd('.');
        return line.Length <= 300 ? line : line[..299] + "…";
    }
}
