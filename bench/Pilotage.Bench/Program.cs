using Pilotage.Bench;

var benches = new Dictionary<string, Func<IReadOnlyList<BenchRow>>>
{
    ["ppo"] = LearnerBench.Ppo,
    ["dqn"] = LearnerBench.Dqn,
    ["sac"] = () => LearnerBench.Sac(threads: 1),
    ["sac-2"] = () => LearnerBench.Sac(threads: 2),
    ["replay"] = ReplayBench.Run,
    ["search"] = SearchBench.Run,
    ["mujoco"] = MujocoBench.Run,
    ["overlap"] = OverlapBench.Run,
    ["inventory"] = InventoryBench.Run,
    ["language"] = LanguageBench.Run,
};
if (args is ["engine", ..])
{
    EngineBench.Run(args.ElementAtOrDefault(1), args.ElementAtOrDefault(2));
    return 0;
}
if (args is not [var name] || !benches.TryGetValue(name, out var run))
{
    Console.Error.WriteLine("Figures of this machine: ./pilotage bench. What is here looks closer, for developers.");
    Console.Error.WriteLine($"Usage: dotnet run -c Release --project bench/Pilotage.Bench -- engine [products|parts|dispatch|update|workloads|act|hash] | {string.Join(" | ", benches.Keys)}");
    return 2;
}
foreach (var row in run()) Console.WriteLine(FormattableString.Invariant($"{row.Case,-44} {row.Value,14:N1} {row.Unit}"));
return 0;
