using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Pilotage.Dashboard.Board.Doors;
using Pilotage.Dashboard.Board.Runs;
using Pilotage.Dashboard.Board.Systems;
using Pilotage.Dashboard.Board.Work;

namespace Pilotage.Dashboard.Board.Pages;

/// <summary>What forms send. After it the browser is sent on to a page, so that going back or loading again repeats nothing; a refusal shows the form again.</summary>
internal static class PostRoutes
{
    private const string SettingPrefix = "set.";

    /// <summary>Adds the routes.</summary>
    public static void MapPosts(this IEndpointRouteBuilder routes)
    {
        var posts = routes.MapGroup("").ExcludeFromDescription();
        posts.MapPost("/systems/{slug}/start", StartSystem);
        posts.MapPost("/train", StartTraining);
        posts.MapPost("/runs/{name}/stop", (string name, RunReader reader, RunStarter starter) => Act(name, reader, starter, () => { starter.Stop(name); return Task.CompletedTask; }));
        posts.MapPost("/runs/{name}/resume", (string name, RunReader reader, RunStarter starter, CancellationToken cancelled) => Act(name, reader, starter, () => starter.Resume(name, cancelled)));
        posts.MapPost(PagePaths.Enter, Enter);
    }

    private static async Task<IResult> StartSystem(string slug, HttpContext context, SystemBook systems, RunBook book, RunStarter starter, CancellationToken cancelled)
    {
        systems.Find(slug);
        var given = await Read(context);
        return await Start(
            problems => new StartQuestion(slug, Scale: given.GetValueOrDefault("scale"), Seed: Whole(given, "seed", problems), Seeds: (int?)Whole(given, "seeds", problems), Threads: (int?)Whole(given, "threads", problems),
                Settings: given.Where(pair => pair.Key.StartsWith(SettingPrefix, StringComparison.Ordinal)).ToDictionary(pair => pair.Key[SettingPrefix.Length..], pair => pair.Value)),
            problems => PageRoutes.System(slug, systems, book, starter, given, problems), starter, cancelled);
    }

    private static async Task<IResult> StartTraining(HttpContext context, SystemBook systems, RunStarter starter, CancellationToken cancelled)
    {
        var given = await Read(context);
        return await Start(
            problems => new StartQuestion(
                Algorithm: given.GetValueOrDefault("algorithm", ""), Environment: given.GetValueOrDefault("environment", ""), Seed: Whole(given, "seed", problems), Steps: Whole(given, "steps", problems)),
            problems => PageRoutes.Train(systems, starter, given, problems), starter, cancelled);
    }

    private static async Task<IResult> Start(Func<List<string>, StartQuestion> read, Func<IReadOnlyList<string>, IResult> again, RunStarter starter, CancellationToken cancelled)
    {
        var problems = new List<string>();
        var question = read(problems);
        try
        {
            return problems.Count > 0 ? again(problems) : Results.Redirect(PagePaths.Run(await starter.Start(question, cancelled)), permanent: false, preserveMethod: false);
        }
        catch (UserMistakeException mistake)
        {
            return again(mistake.Problems);
        }
        catch (RefusedException refused)
        {
            return again([refused.Message]);
        }
    }

    private static async Task<IResult> Act(string name, RunReader reader, RunStarter starter, Func<Task> act)
    {
        try
        {
            await act();
            return Results.Redirect(PagePaths.Run(name));
        }
        catch (UserMistakeException mistake)
        {
            return PageRoutes.Run(reader.Read(name), starter, mistake.Problems);
        }
        catch (RefusedException refused) when (refused.Status == StatusCodes.Status409Conflict)
        {
            return PageRoutes.Run(reader.Read(name), starter, [refused.Message]);
        }
    }

    private static async Task<IResult> Enter(HttpContext context, TokenDoor door)
    {
        var given = await Read(context);
        var to = PageRoutes.OwnPath(given.GetValueOrDefault("to"));
        if (!door.IsOpen && !door.IsToken(given.GetValueOrDefault("token", ""))) return PageRoutes.Enter(to, isWrong: true);
        if (!door.IsOpen) door.Admit(context);
        return Results.Redirect(to);
    }

    // What is left empty was not given.
    private static async Task<Dictionary<string, string>> Read(HttpContext context)
    {
        if (!context.Request.HasFormContentType) return [];
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        return form.Where(pair => !string.IsNullOrWhiteSpace(pair.Value)).ToDictionary(pair => pair.Key, pair => pair.Value.ToString().Trim());
    }

    private static long? Whole(Dictionary<string, string> given, string name, List<string> problems)
    {
        if (given.GetValueOrDefault(name) is not { } text) return null;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && (name is "seed" or "steps" || number is > 0 and < int.MaxValue)) return number;
        problems.Add(new Mistake("PIL1928", $"{name} is \"{text}\". Allowed: a whole number.", "", "Leave it empty for the usual one.").ToString());
        return null;
    }
}
