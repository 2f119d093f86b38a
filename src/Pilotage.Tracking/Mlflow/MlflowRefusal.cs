using System.Net;

namespace Pilotage.Tracking.Mlflow;

/// <summary>A tracking server did not do what it was asked for.</summary>
/// <param name="status">Of its reply; <see langword="null"/> if none came.</param>
/// <param name="code">MLflow's <c>error_code</c>; empty if the reply was none of MLflow's.</param>
/// <param name="message">Why, in one line.</param>
internal sealed class MlflowRefusal(HttpStatusCode? status, string code, string message) : Exception(message)
{
    /// <summary>Of its reply; <see langword="null"/> if none came.</summary>
    public HttpStatusCode? Status { get; } = status;

    /// <summary>MLflow's <c>error_code</c>.</summary>
    public string Code { get; } = code;
}
