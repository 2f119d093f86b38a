namespace Pilotage.Tracking.Mlflow;

/// <summary>Where a tracking server is: <c>http://127.0.0.1:5000</c>, <c>https://host/mlflow</c>.</summary>
internal static class MlflowAddress
{
    /// <summary>Whether a destination is an address, and no folder.</summary>
    public static bool Is(string destination) => destination.Contains("://", StringComparison.Ordinal) || IsHostAndPort(destination);

    /// <summary>Reads an address.</summary>
    /// <param name="destination">As the user gave it.</param>
    /// <returns>Ends with a slash.</returns>
    /// <exception cref="UserMistakeException">It is none, or holds a password (PIL2026).</exception>
    public static Uri Parse(string destination)
    {
        if (IsHostAndPort(destination)) throw Refusal($"--out {destination} reads like a server without its scheme.", $"For the server give http://{destination}, for a folder ./{destination}.");
        if (!Uri.TryCreate(destination.EndsWith('/') ? destination : destination + "/", UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            if (destination.StartsWith("http", StringComparison.OrdinalIgnoreCase)) throw Refusal("--out begins like an address and names no server.", "Such as http://127.0.0.1:5000.");
            var scheme = destination[..destination.IndexOf("://", StringComparison.Ordinal)];
            throw Refusal(
                $"--out begins with {scheme}://; it may be a folder, or the address of a tracking server with http:// or https://.",
                "A database is written to by its server: start one with mlflow server --backend-store-uri, and give http://127.0.0.1:5000.");
        }
        // The address is not repeated: it holds a password.
        if (address.UserInfo.Length > 0) throw Refusal($"--out has a name or password in its address of {address.Host}.", "Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD in the environment instead.");
        if (address.Query.Length > 0 || address.Fragment.Length > 0) throw Refusal($"--out has a query or a fragment in its address of {address.Host}.", "Give the server's address alone: what stands before the first ? or #.");
        return address;
    }

    private static bool IsHostAndPort(string text) =>
        text.Split('/')[0].Split(':') is [{ Length: > 1 } host, var port] && ushort.TryParse(port, out _) && host.All(character => char.IsAsciiLetterOrDigit(character) || character is '.' or '-');

    private static UserMistakeException Refusal(string what, string advice) => new(new Mistake("PIL2026", what, "", advice).ToString());
}
