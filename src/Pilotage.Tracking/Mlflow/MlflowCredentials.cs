using System.Net.Http.Headers;
using System.Text;

namespace Pilotage.Tracking.Mlflow;

/// <summary>Who asks, as MLflow's own clients are told it: from the environment alone, never printed.</summary>
internal static class MlflowCredentials
{
    private const string Token = "MLFLOW_TRACKING_TOKEN", User = "MLFLOW_TRACKING_USERNAME", Password = "MLFLOW_TRACKING_PASSWORD";

    /// <summary>The header to send.</summary>
    /// <param name="environment">Reads a variable of the environment; <see langword="null"/> if it is not set.</param>
    /// <returns>Name and password, or else a token; <see langword="null"/> without either.</returns>
    /// <exception cref="UserMistakeException">Only one of name and password is set, or one of them cannot be sent (PIL2027).</exception>
    public static AuthenticationHeaderValue? From(Func<string, string?> environment)
    {
        var (user, password, token) = (environment(User) ?? "", environment(Password) ?? "", environment(Token) ?? "");
        if (user.Length > 0 && password.Length > 0)
        {
            if (user.Contains(':', StringComparison.Ordinal)) throw Refusal($"{User} has a colon, which such names cannot have.", "Check the variable.");
            return new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        }
        if (token.Length > 0) return token.All(character => char.IsAscii(character) && !char.IsControl(character)) ? new("Bearer", token) : throw Refusal($"{Token} has a line end or another sign that cannot be sent.", "Check the variable.");
        if (user.Length > 0) throw Refusal($"{User} is set and {Password} is not.", "Set both, or neither.");
        if (password.Length > 0) throw Refusal($"{Password} is set and {User} is not.", "Set both, or neither.");
        return null;
    }

    private static UserMistakeException Refusal(string what, string advice) => new(new Mistake("PIL2027", what, "", advice).ToString());
}
