using System.CommandLine;

namespace Pilotage.Cli.Commands;

/// <summary><c>pilotage dashboard</c>: runs to look at, in a browser.</summary>
internal static class DashboardCommand
{
    public static Command Create(Terminal terminal, SystemCatalog systems)
    {
        var runs = Options.Text("--runs", "folder", "Where runs are kept. Without it, runs.");
        var port = Options.Text("--port", "N", "Port; 0 takes any that is free. Without it, 5210.");
        var listen = Options.Text("--listen", "address", "The address to listen at. Beyond this machine, PILOTAGE_TOKEN must hold a secret that visitors are asked for. Without it, 127.0.0.1.");
        var open = new Option<bool>("--open") { Description = "Open it in this machine's browser." };
        var command = new Command("dashboard", "Runs in a browser: curves, tables, claims; starts, stops and resumes them. Until Ctrl-C.") { runs, port, listen, open };
        command.SetAction(parse =>
        {
            var given = new Given(parse);
            var address = given.Address(listen);
            var chosen = given.Whole(port, 0, ushort.MaxValue);
            given.ThrowIfAny();
            return DashboardService.Run(terminal, systems, options => options with
            {
                RunsFolder = parse.GetValue(runs) ?? RunListing.UsualFolder,
                Host = address ?? options.Host,
                Port = (int?)chosen ?? options.Port,
            }, parse.GetValue(open));
        });
        return command;
    }
}
