using Pilotage.Bench;

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
    Console.Error.WriteLine("Usage: Pilotage.Bench engine [products|parts|dispatch|update|act|hash]");
    return 2;
}
