using System.CommandLine;
using Pilotage.Systems;

namespace Pilotage.Cli.Commands;

/// <summary><c>pilotage play</c>: a person, or a script, against a system's players.</summary>
internal static class PlayCommand
{
    public static Command Create(Terminal terminal, SystemCatalog systems)
    {
        var name = new Argument<string>("system") { HelpName = "system", Description = "A system with a game: dhumbal." };
        var against = new Option<string[]>("--against") { HelpName = "player", Arity = ArgumentArity.OneOrMore, AllowMultipleArgumentsPerToken = true, Description = "Opponents: built-in players or folders of policies. One sits on every other seat." };
        var log = Options.Text("--log", "file.jsonl", "Write the rounds down; pilotage apply plays them again.");
        var flags = new RunFlags();
        var command = new Command("play", "Play a system's game on this terminal; q stops. Reads a script from standard input too.") { name, against, flags.Set, flags.Config, flags.Seed, log };
        command.SetAction(parse =>
        {
            var given = new Given(parse);
            var system = given.Try(() => systems.Find(parse.GetRequiredValue(name)));
            var games = systems.All.Where(one => one is IPlayable).Select(one => one.Description.Slug).ToList();
            if (system is not null and not IPlayable) given.Add(new("PIL0415", $"{system.Description.Slug} has no game to play.", "", $"Systems with one: {string.Join(", ", games)}."));
            var seed = given.Whole(flags.Seed, long.MinValue, long.MaxValue) ?? 0;
            var settings = system is null ? null : flags.Bind(parse, given, system.Settings, system.Settings.Default);
            var path = parse.GetValue(log);
            if (path is not null && File.Exists(path)) given.Add(new("PIL0416", $"--log {path}: the file exists.", "", "Give a new file; nothing was written."));
            given.ThrowIfAny();

            ((IPlayable)system!).Play(new(settings!, parse.GetValue(against) ?? [], seed) { LogPath = path }, terminal.Input, terminal.Output, terminal.Interrupted);
            return ExitCode.Ok;
        });
        return command;
    }
}
