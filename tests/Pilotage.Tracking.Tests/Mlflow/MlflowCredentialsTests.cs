using Pilotage.Testing;
using Pilotage.Tracking.Mlflow;
using Xunit;

namespace Pilotage.Tracking.Tests.Mlflow;

public sealed class MlflowCredentialsTests
{
    [Fact]
    public void From_NameAndPasswordOrToken_IsWhatMlflowsClientsSend()
    {
        Assert.Equal("Basic bWU6c8O8w59lcw==", From("me", "süßes")?.ToString());
        Assert.Equal("Basic bWU6c8O8w59lcw==", From("me", "süßes", "t0ken")?.ToString());
        Assert.Equal("Bearer t0ken", From(token: "t0ken")?.ToString());
        Assert.Equal("Bearer t0ken", From("me", token: "t0ken")?.ToString());
        Assert.Null(From());
        Assert.Null(From("", "", ""));
    }

    [Fact]
    public void From_HalfOfThem_IsRefusedWithoutRepeatingThem()
    {
        var problems = new[] { () => From("secret"), () => From(password: "secret"), () => From("sec:ret", "secret"), () => From(token: "secret\nX-Other: 1") }
            .Select(from => Assert.Throws<UserMistakeException>(from).Problems.Single()).ToList();

        Assert.DoesNotContain("secret", string.Concat(problems), StringComparison.Ordinal);
        Snapshot.Matches(string.Join("\n", problems));
    }

    private static System.Net.Http.Headers.AuthenticationHeaderValue? From(string? user = null, string? password = null, string? token = null) =>
        MlflowCredentials.From(name => name switch { "MLFLOW_TRACKING_USERNAME" => user, "MLFLOW_TRACKING_PASSWORD" => password, "MLFLOW_TRACKING_TOKEN" => token, _ => null });
}
