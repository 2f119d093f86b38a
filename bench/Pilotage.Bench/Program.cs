using Pilotage.Bench;

<<<<<<< HEAD
var benches = new Dictionary<string, Func<IReadOnlyList<BenchRow>>>
{
    ["environment"] = EnvironmentBench.Run,
    ["ppo"] = LearnerBench.Ppo,
    ["dqn"] = LearnerBench.Dqn,
};
if (args is not [var name] || !benches.TryGetValue(name, out var run))
{
    Console.Error.WriteLine($"Usage: dotnet run -c Release --project bench/Pilotage.Bench -- {string.Join(" | ", benches.Keys)}");
    return 2;
}
foreach (var row in run()) Console.WriteLine(FormattableString.Invariant($"{row.Case,-44} {row.Value,14:N1} {row.Unit}"));
return 0;
=======
return args is [var name, ..] ? Run(name, args.ElementAtOrDefault(1)) : Usage();

static int Run(string name, string? section)
{
    switch (name)
    {
        case "engine": EngineBench.Run(section); return 0;
        default: return Usage();
    }
}

static int Usage()
{
    Console.Error.WriteLine("Usage: Pilotage.Bench engine [products|parts|update|act|hash]");
    return 2;
}
>>>>>>> engine
