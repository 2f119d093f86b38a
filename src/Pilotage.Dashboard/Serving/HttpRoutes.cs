using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Pilotage.Environments;
using Pilotage.Hosting;

namespace Pilotage.Dashboard.Serving;

/// <summary>The service in JSON over HTTP.</summary>
internal static class HttpRoutes
{
    /// <summary>Adds the routes.</summary>
    public static void MapPolicy(this IEndpointRouteBuilder routes)
    {
        Describe(routes.MapPost("/act", Act), "The action for one observation.");
        Describe(routes.MapPost("/act-batch", ActBatch), "Actions for several observations, all chosen by one policy.");
        routes.MapGet("/policy", About).WithSummary("What the policy that decides now says of itself.");
        routes.MapGet("/health", (PolicyDesk desk) => TypedResults.Ok(new HealthAnswer("ok", desk.Policy.Version))).WithSummary("Whether the service can decide. Asks for no token.");
        routes.MapGet("/metrics", (PrometheusText metrics) => TypedResults.Text(metrics.Write(), PrometheusText.ContentType)).WithSummary("Counts and times, in the text format of Prometheus.");
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route, string summary)
    {
        route.WithSummary(summary);
        foreach (var status in new[] { 400, 401, 413, 415, 503 }) route.Produces<Refusal>(status, "application/problem+json");
        return route;
    }

    private static async Task<Ok<ActAnswer>> Act(ActQuestion question, PolicyDesk desk, CancellationToken cancelled)
    {
        EpisodeMemory?[] memories = question.Memory is { } memory ? [MemoryToken.Read(memory, desk.Policy.Version)] : [];
        var decision = await desk.Decide(1, question.Observation, question.Legal ?? [], memories, cancelled);
        var row = RowOf(decision, 0);
        return TypedResults.Ok(new ActAnswer(row.Indices, row.Values, row.Memory, decision.Begun > 0 ? true : null, decision.Version));
    }

    private static async Task<Ok<ActBatchAnswer>> ActBatch(ActBatchQuestion question, PolicyDesk desk, CancellationToken cancelled)
    {
        var (rows, version) = (question.Observations.Length, desk.Policy.Version);
        var observations = Flat(question.Observations, "observations", "numbers", rows);
        var legal = Flat(question.Legal ?? [], "legal", "flags", question.Legal is null ? 0 : rows);
        if (question.Memories is { Length: > 0 } given && given.Length != rows)
            throw PolicyDesk.Wrong("PIL1712", $"There are {given.Length} memories for {rows} observations.", "Give one a row, null where an episode begins, or leave them out.");
        var memories = question.Memories?.Select(memory => memory is null ? null : MemoryToken.Read(memory, version)).ToArray() ?? [];
        var decision = await desk.Decide(rows, observations, legal, memories, cancelled);
        return TypedResults.Ok(new ActBatchAnswer([.. Enumerable.Range(0, rows).Select(row => RowOf(decision, row))], decision.Begun > 0 ? decision.Begun : null, decision.Version));
    }

    private static Ok<PolicyAnswer> About(PolicyDesk desk, ServingOptions options)
    {
        var manifest = desk.Policy.Manifest;
        var spec = manifest.Environment;
        return TypedResults.Ok(new PolicyAnswer(
            spec.Name, spec.ObservationSize, spec.ObservationNames, Words(spec.Actions), spec.Actions.LegalCount, options.MaximumBatch, manifest.ParameterHash,
            manifest.Source?.Algorithm, manifest.Source?.Run, manifest.Source?.Steps));
    }

    /// <summary>An action space in words.</summary>
    internal static string Words(ActionSpace space) => space switch
    {
        ActionSpace.Discrete one => FormattableString.Invariant($"one of {one.Count}{(one.Masked ? ", masked" : "")}"),
        ActionSpace.MultiDiscrete many => $"one each of {string.Join(", ", many.Counts)}{(many.Masked ? ", masked" : "")}",
        ActionSpace.Box box => FormattableString.Invariant($"a box from [{string.Join(", ", box.Low)}] to [{string.Join(", ", box.High)}]"),
        ActionSpace.Composite both => $"{Words(both.Choices)}; and {Words(both.Values)}",
        _ => space.GetType().Name,
    };

    private static RowAnswer RowOf(PolicyBatchDecision decision, int row) => new(
        decision.Indices.IsEmpty ? null : decision.IndicesOf(row).ToArray(),
        decision.Values.IsEmpty ? null : decision.ValuesOf(row).ToArray(),
        decision.Memories.Count == 0 ? null : Convert.ToBase64String(MemoryToken.Bytes(decision.Memories[row])));

    // Rows of different lengths would pass as a whole number of rows of another length.
    private static T[] Flat<T>(T[][] rows, string name, string what, int wanted)
    {
        if (rows.Length != wanted) throw PolicyDesk.Wrong("PIL1712", $"\"{name}\" has {rows.Length} rows for {wanted} observations.", "Give one row for each observation.");
        for (var row = 0; row < rows.Length; row++)
        {
            if (rows[row] is null) throw PolicyDesk.Wrong("PIL1712", $"Row {row} of \"{name}\" is null.", $"Give a list of {what}.");
            if (rows[row].Length != rows[0].Length)
                throw PolicyDesk.Wrong("PIL1712", $"Row {row} of \"{name}\" has {rows[row].Length} {what}, row 0 has {rows[0].Length}.", "Give rows of one length.");
        }
        return [.. rows.SelectMany(row => row)];
    }
}
