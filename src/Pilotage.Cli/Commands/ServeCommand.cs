using System.CommandLine;

namespace Pilotage.Cli.Commands;

/// <summary><c>pilotage serve</c>: a policy as a service over HTTP and gRPC.</summary>
internal static class ServeCommand
{
    public static Command Create(Terminal terminal)
    {
        var run = new Argument<string>("run") { HelpName = "run", Description = "The folder of a run or of a policy, or a folder of runs: then the policy written last. A newer one takes over by itself." };
        var host = Options.Text("--host", "address", "The address to listen at. Beyond this machine, PILOTAGE_TOKEN must hold a secret that callers send. Without it, 127.0.0.1.");
        var port = Options.Text("--port", "N", "Port of HTTP; 0 takes any that is free. Without it, 5080.");
        var grpcPort = Options.Text("--grpc-port", "N", "Port of gRPC. Without it, 5081.");
        var reload = Options.Text("--reload-every", "seconds", "How often the folder is looked at. Without it, 5.");
        var batch = Options.Text("--max-batch", "N", "Observations in one request. Without it, 1024.");
        var body = Options.Text("--max-body", "bytes", "Size of one request. Without it, 1048576.");
        var waiting = Options.Text("--max-waiting", "N", "Requests that wait for a core; those beyond are told to come again. Without it, 1024.");
        var command = new Command("serve", "A run's policy as a service: HTTP and gRPC, until Ctrl-C.") { run, host, port, grpcPort, reload, batch, body, waiting };
        command.SetAction(parse =>
        {
            var given = new Given(parse);
            var address = given.Address(host);
            var (httpPort, callPort) = (given.Whole(port, 0, ushort.MaxValue), given.Whole(grpcPort, 0, ushort.MaxValue));
            var seconds = given.Number(reload, 0.1, 86_400);
            var (rows, bytes, queue) = (given.Whole(batch, 1, 1_000_000), given.Whole(body, 1024, 1 << 30), given.Whole(waiting, 0, 1_000_000));
            given.ThrowIfAny();
            return PolicyService.Run(terminal, options => options with
            {
                Host = address ?? options.Host,
                Port = (int?)httpPort ?? options.Port,
                GrpcPort = (int?)callPort ?? options.GrpcPort,
                ReloadEvery = seconds is { } some ? TimeSpan.FromSeconds(some) : options.ReloadEvery,
                MaximumBatch = (int?)rows ?? options.MaximumBatch,
                MaximumBodyBytes = (int?)bytes ?? options.MaximumBodyBytes,
                MaximumWaiting = (int?)queue ?? options.MaximumWaiting,
            }, parse.GetRequiredValue(run));
        });
        return command;
    }
}
