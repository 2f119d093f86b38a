using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Pilotage;
using Pilotage.Dashboard.Serving;
using Pilotage.Environments;
using Pilotage.Lab.Onnx;
using Pilotage.Policies;
using Pilotage.Serving.Bench;
using Pilotage.Tensors;

// throughput [seconds]   requests a second and times at 1, 16 and 64 connections, beside the same network in ONNX Runtime behind the same server
// trouble [seconds]      newer policies, garbage, slow callers and 1,000 idle connections under load
// serve RUNTIME FOLDER   what the two above start
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var spec = new EnvironmentSpec { Name = "Bench", ObservationSize = 8, Actions = new ActionSpace.Discrete(4) };
var seconds = args.Length > 1 && double.TryParse(args[1], out var given) ? given : 3;
switch (args.FirstOrDefault())
{
    case "serve": return await Serve(args[1], args[2]);
    case "throughput": return await Throughput();
    case "trouble": return await UnderTrouble();
    default:
        Console.Error.WriteLine("Usage: dotnet run --project bench/Pilotage.Serving.Bench -- throughput [seconds] | trouble [seconds]");
        return 2;
}

async Task<int> Throughput()
{
    var folder = Directory.CreateTempSubdirectory("pilotage-serving-").FullName;
    Save(seed: 1, folder);
    Console.WriteLine($"{Environment.ProcessorCount} cores, server and load in two processes on them; the middle of five rounds by turns of {seconds} s; a decision alone in µs: "
        + $"Pilotage {Alone(new FolderDecision(folder), 1):0.00}, ONNX Runtime {Alone(new OnnxDecision(folder), 1):0.00}; 64 at once: {Alone(new FolderDecision(folder), 64):0.0}, {Alone(new OnnxDecision(folder), 64):0.0}");
    Console.WriteLine($"{"runtime",-10} {"request",-10} {"connections",11} {"requests/s",11} {"p50 ms",8} {"p99 ms",8} {"failed",7} {"server µs",10}");
    var single = Requests(rows: 1);
    var many = Requests(rows: 64);
    var results = new Dictionary<(string, string, int), List<(LoadResult Load, double Cost)>>();
    foreach (var round in Enumerable.Range(0, 5))
    {
        foreach (var runtime in round % 2 == 0 ? new[] { "pilotage", "onnx" } : ["onnx", "pilotage"])
        {
            using var server = ServerProcess.Start(runtime, folder);
            await Load.Run(server.Port, 16, 2, single);                           // compiled by then
            await Load.Run(server.Port, 16, 1, many);
            foreach (var connections in new[] { 1, 16, 64 }) await Measure("act", connections, single);
            await Measure("batch 64", 16, many);

            async Task Measure(string name, int connections, IReadOnlyList<byte[]> requests)
            {
                var before = server.ProcessorTime;
                var result = await Load.Run(server.Port, connections, seconds, requests);
                var list = results.TryGetValue((runtime, name, connections), out var found) ? found : results[(runtime, name, connections)] = [];
                list.Add((result, (server.ProcessorTime - before).TotalMicroseconds / result.Requests));
            }
        }
    }
    foreach (var ((runtime, name, connections), list) in results.OrderBy(one => one.Key.Item2).ThenBy(one => one.Key.Item3).ThenBy(one => one.Key.Item1))
    {
        var (load, cost) = list.OrderBy(one => one.Load.PerSecond).ElementAt(list.Count / 2);
        Console.WriteLine($"{runtime,-10} {name,-10} {connections,11} {load.PerSecond,11:0} {load.Median,8:0.000} {load.Slow,8:0.000} {list.Sum(one => one.Load.Failed),7} {cost,10:0.0}");
    }
    Directory.Delete(folder, recursive: true);
    return 0;
}

async Task<int> UnderTrouble()
{
    var folder = Directory.CreateTempSubdirectory("pilotage-serving-").FullName;
    Save(seed: 0, folder);
    var failed = 0L;
    using (var server = ServerProcess.Start("pilotage", folder))
    {
        var requests = Requests(rows: 1);
        await Load.Run(server.Port, 16, 2, requests);
        Console.WriteLine($"{"beside 16 connections",-44} {"requests/s",11} {"p50 ms",8} {"p99 ms",8} {"failed",7}  what else");
        await Beside("nothing", async _ => { await Task.CompletedTask; return ""; });
        await Beside("a newer policy every 100 ms", async stopped =>
        {
            var written = 0;
            while (!stopped.IsCancellationRequested)
            {
                Save(++written, folder);
                await Task.Delay(100, CancellationToken.None);
            }
            return $"{written} policies written";
        });
        await Beside("1 MB of garbage on 4 connections", async stopped => { var (refused, otherwise) = await Trouble.Garbage(server.Port, 4, stopped); failed += otherwise; return $"{refused} refused, {otherwise} answered otherwise"; });
        await Beside("200 callers that send a byte a second", async stopped => $"{await Trouble.Slow(server.Port, 200, stopped)} connections begun");
        var idle = await Trouble.Idle(server.Port, 1000);
        await Beside("1,000 idle connections", async _ => { await Task.CompletedTask; return ""; });
        foreach (var socket in idle) socket.Dispose();
        Console.WriteLine($"server's memory at the end: {server.MemoryBytes / 1e6:0} MB");

        async Task Beside(string name, Func<CancellationToken, Task<string>> trouble)
        {
            using var stopped = new CancellationTokenSource();
            var running = Task.Run(() => trouble(stopped.Token));
            var result = await Load.Run(server.Port, 16, seconds, requests);
            await stopped.CancelAsync();
            failed += result.Failed;
            Console.WriteLine($"{name,-44} {result.PerSecond,11:0} {result.Median,8:0.000} {result.Slow,8:0.000} {result.Failed,7}  {await running}");
        }
    }
    Directory.Delete(folder, recursive: true);
    return failed == 0 ? 0 : 1;
}

async Task<int> Serve(string runtime, string folder)
{
    var options = new ServingOptions { Path = folder, Port = 0, GrpcPort = 0, ReloadEvery = TimeSpan.FromMilliseconds(20) };
    var manifest = PolicyFile.ReadManifest(folder);
    await using var host = await ServingHost.StartAsync(
        options, logging: null, services => { if (runtime == "onnx") services.AddSingleton<IDecider>(new OnnxDecider(Path.Combine(folder, OnnxExport.FileName), manifest)); }, CancellationToken.None);
    Console.WriteLine(host.Http.Port);
    await Console.In.ReadToEndAsync();                                            // until whoever started it has ended
    await host.StopAsync();
    return 0;
}

void Save(int seed, string folder)
{
    var networks = new ActorCritic(spec, [64, 64], Activation.Tanh, SeedTree.Root(seed));
    PolicyFile.Save(networks.Greedy, spec, folder);
    OnnxExport.Save(networks.Greedy, spec, Path.Combine(folder, OnnxExport.FileName));
}

List<byte[]> Requests(int rows)
{
    var random = SeedTree.Root(5).Start();
    return [.. Enumerable.Range(0, 32).Select(_ =>
    {
        var observations = Enumerable.Range(0, rows).Select(_ => $"[{string.Join(",", Enumerable.Range(0, spec.ObservationSize).Select(_ => $"{random.NextNormal():0.0000}"))}]").ToList();
        return rows == 1 ? Load.Request("/act", $"{{\"observation\":{observations[0]}}}") : Load.Request("/act-batch", $"{{\"observations\":[{string.Join(",", observations)}]}}");
    })];
}

double Alone(IDecision decision, int rows)
{
    var observations = new float[rows * spec.ObservationSize];
    var random = SeedTree.Root(6).Start();
    foreach (ref var value in observations.AsSpan()) value = (float)random.NextNormal();
    const int calls = 20_000;
    var best = double.PositiveInfinity;
    for (var round = 0; round < 7; round++)
    {
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < calls; i++) decision.Decide(rows, observations);
        best = Math.Min(best, clock.Elapsed.TotalMicroseconds / calls);
    }
    decision.Dispose();
    return best;
}
