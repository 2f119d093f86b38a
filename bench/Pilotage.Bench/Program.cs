using Pilotage.Bench;

if (args is not ["environment"])
{
    Console.Error.WriteLine("Usage: bench environment");
    return 2;
}
foreach (var row in EnvironmentBench.Run()) Console.WriteLine(FormattableString.Invariant($"{row.Case,-36} {row.Value,14:N0} {row.Unit}"));
return 0;
