using System.CommandLine;
using Pilotage.Cli.Measuring;
using Pilotage.Lab.Devices;

namespace Pilotage.Cli.Commands;

/// <summary><c>pilotage bench</c>: how fast this machine is, at what the tool does.</summary>
internal static class BenchCommand
{
    private const double UsualSeconds = 2;
    private const double LeastSeconds = 0.001;
    private const double MostSeconds = 600;
    private const int MostThreads = 1024;

    public static Command Create(Terminal terminal, SystemCatalog systems, DeviceCatalog devices)
    {
        var groups = SpeedCatalog.Of(systems);
        var names = new Argument<string[]>("name") { HelpName = "name", Arity = ArgumentArity.ZeroOrMore, Description = $"Measure all of {string.Join(", ", groups.Select(group => group.Name))}; without a name, a short set of each." };
        var seconds = Options.Text("--seconds", "S", "Time for each row, warm-up included; as much again for the other side where it is compared. Without it, 2.");
        var threads = Options.Text("--threads", "N", "Threads inside large tensor operations, of both sides. Without it, 1.");
        var json = Options.Json();
        var command = new Command("bench", "This machine's speed at what the tool does, beside libtorch where the plug-in is.") { names, seconds, threads, json };
        command.SetAction(parse =>
        {
            var given = new Given(parse);
            var asked = (parse.GetValue(names) ?? []).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
            var known = groups.Select(group => group.Name).ToList();
            foreach (var name in asked.Where(name => !known.Contains(name, StringComparer.OrdinalIgnoreCase)))
                given.Add(new("PIL0421", $"There is no bench \"{name}\".", "", $"{UnknownName.Meant(name, known)}Known: {string.Join(", ", known)}."));
            var perRow = given.Number(seconds, LeastSeconds, MostSeconds) ?? UsualSeconds;
            var count = (int)(given.Whole(threads, 1, MostThreads) ?? 1);
            given.ThrowIfAny();

            var chosen = asked.Count == 0
                ? groups.Select(group => group with { Cases = [.. group.Cases.Where(one => one.IsShort)] })
                : groups.Where(group => asked.Contains(group.Name, StringComparer.OrdinalIgnoreCase));
            return BenchSession.Run(asked.Count == 0 ? "bench" : string.Join(' ', asked), [.. chosen], perRow, count, devices, terminal, parse.GetValue(json));
        });
        return command;
    }
}
