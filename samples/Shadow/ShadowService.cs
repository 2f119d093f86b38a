using Pilotage;
using Pilotage.Hosting;

namespace Shadow;

/// <summary>A shop's ordering service: today's rule decides, a learned policy decides beside it in shadow, and one word of configuration exchanges the two.</summary>
/// <remarks>
/// <c>POST /decide</c> gives the crates to order, <c>GET /shadow</c> how far rule and policy agree and what the policy is expected to be worth.
/// The policy never stands in the way: where it refuses, the rule decides.
/// </remarks>
internal static class ShadowService
{
    /// <summary>Builds the service.</summary>
    /// <param name="arguments">Configuration: <c>--Policy runs --Decider rule --Urls http://127.0.0.1:0</c>.</param>
    /// <returns>The service, ready to start.</returns>
    /// <exception cref="UserMistakeException">There is no policy at <c>Policy</c>, or it cannot be used.</exception>
    public static WebApplication Build(params string[] arguments)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = arguments, ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddPilotagePolicy(builder.Configuration["Policy"] ?? "runs");
        builder.Services.AddSingleton<ShadowLog>();
        var app = builder.Build();
        _ = app.Services.GetRequiredService<ServedPolicy>();            // a policy that cannot be used is told at the start

        app.MapPost("/decide", (ShopState state, ServedPolicy policy, ShadowLog log, IConfiguration configuration) =>
        {
            var rule = OrderingRule.Crates(state);
            var (crates, refusal) = Ask(policy, state);
            log.Add(state, rule, crates, refusal);
            var policyDecides = configuration["Decider"] == "policy" && crates is not null;      // read at each request: switching needs no restart
            return new Order(policyDecides ? crates!.Value : rule, policyDecides ? "policy" : "rule");
        });
        app.MapGet("/shadow", (ServedPolicy policy, ShadowLog log, IConfiguration configuration) => log.Summary(policy, configuration["Decider"] ?? "rule"));
        return app;
    }

    private static (int? Crates, string? Refusal) Ask(ServedPolicy policy, ShopState state)
    {
        try
        {
            return (policy.Decide([state.Stock, state.UnderWay, state.Weekday]).Index, null);
        }
        catch (UserMistakeException mistake)
        {
            return (null, mistake.Message);
        }
    }
}
