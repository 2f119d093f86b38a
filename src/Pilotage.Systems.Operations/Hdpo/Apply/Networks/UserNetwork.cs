using Pilotage.Evaluation.Statistics;

namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>A user's network with recorded demand, cut in time. What is learned from are windows of the records, so that demand at all stores stays together.</summary>
/// <param name="Files">The network and today's levels.</param>
/// <param name="Demand">The records, its series in the order of the network's stores.</param>
/// <param name="Process">Mean and standard deviation of each store over the periods that are learned from.</param>
/// <param name="Training">Windows.</param>
/// <param name="Validation">One path from the first validation period on.</param>
/// <param name="Test">The same path, on into the test periods.</param>
/// <param name="WarmUp">First periods of the validation path that do not count.</param>
/// <param name="ValidationLength">First periods of the test path that do not count.</param>
/// <param name="Stock">What is in stock now, [K, W]; <see langword="null"/> where no file says so.</param>
internal sealed record UserNetwork(
    NetworkFiles Files, DemandFile Demand, DemandProcess.Normal Process, ScenarioSet Training, ScenarioSet Validation, ScenarioSet Test, int WarmUp, int ValidationLength, float[]? Stock)
{
    private const int Window = 40, WindowStep = 4;

    /// <summary>The network.</summary>
    public InventoryNetwork Network => Files.Network;

    /// <summary>Reads what the user brought.</summary>
    /// <param name="inputs">Demand, routes, locations and maybe stock, in any order.</param>
    /// <param name="settings">Shares; costs and lead times are in the files.</param>
    /// <param name="seeds">Draws first states.</param>
    /// <exception cref="UserMistakeException">Files or settings cannot be used; holds all problems.</exception>
    public static UserNetwork Read(IReadOnlyList<string> inputs, ApplySettings settings, SeedTree seeds)
    {
        var problems = new List<string>();
        string? One(string what, Func<string, bool> isIt, bool needed)
        {
            var found = inputs.Where(isIt).ToList();
            if (found.Count == 0 && needed) problems.Add($"No input file holds {what}. A network needs demand (series,period,value), routes (from,to,lead_time) and locations (location,holding_cost,shortage_cost).");
            if (found.Count > 1) problems.Add($"{found.Count} input files hold {what}: {string.Join(", ", found)}. Give one.");
            return found.FirstOrDefault();
        }
        var (routes, locations) = (One("routes", InputKind.IsRoutes, needed: true), One("locations", InputKind.IsLocations, needed: true));
        var stockPath = One("stock", InputKind.IsStock, needed: false);
        var demandPath = One("demand", path => !InputKind.IsRoutes(path) && !InputKind.IsLocations(path) && !InputKind.IsStock(path), needed: true);
        UserMistakeException.ThrowIfAny(problems);

        var demand = DemandFile.Read(demandPath!);
        var files = NetworkFiles.Read(routes!, locations!, demand.Names, settings.IsLost);
        var network = files.Network;
        demand = demand.InOrder([.. network.Locations.Take(network.StoreCount).Select(location => location.Name)], settings.KeepReturns);
        var count = demand.Periods.Count;
        var (test, validation) = ((int)(count * settings.TestShare), (int)(count * settings.ValidationShare));
        var (learned, warmUp) = (count - test - validation, network.Width + 1);
        if (learned < 2 * Window || validation < 2 * warmUp || test < 2 * warmUp)
            throw new UserMistakeException($"{demandPath} holds {count} periods, of which {learned} could be learned from, {validation} chosen by and {test} judged by; with lead times up to {network.Width} at least {2 * Window}, {2 * warmUp} and {2 * warmUp} are needed. Give a longer history.");

        var process = demand.Statistics(learned);
        var windows = new List<float[]>();
        for (var start = 0; start + Window <= learned; start += WindowStep) windows.Add(demand.Stretch(start, Window));
        return new(files, demand, process, Set(network, process, windows, Window, seeds.Branch("training")), Set(network, process, [demand.Stretch(learned, validation)], validation, seeds.Branch("judging")),
            Set(network, process, [demand.Stretch(learned, validation + test)], validation + test, seeds.Branch("judging")), warmUp, validation,
            stockPath is null ? null : StockFile.Read(stockPath, [.. network.Locations.Select(location => location.Name)], network.Width));
    }

    /// <summary>The textbook's levels: of each location the mean of what passes it over lead time and period, and its spread at the newsvendor's ratio of the stores.</summary>
    /// <param name="isEchelon">Whether a warehouse's level counts what it supplies.</param>
    public IReadOnlyList<double> TextbookLevels(bool isEchelon)
    {
        var below = Network.Below();
        return [.. Enumerable.Range(0, Network.Count).Select(k =>
        {
            var stores = Enumerable.Range(0, Network.StoreCount).Where(s => below[s * Network.Count + k] > 0).ToList();
            var lead = Network.Routes.Where(route => route.To == k).Max(route => route.LeadTime) + 1;
            var onwards = isEchelon && k >= Network.StoreCount ? Network.Routes.Where(route => route.From == k).Max(route => route.LeadTime) : 0;
            var variance = stores.Sum(s => Process.Deviations[s] * Process.Deviations[s]) * (lead + onwards);
            var store = Network.Locations[stores[0]];
            return stores.Sum(s => Process.Means[s]) * (lead + onwards) + NormalDistribution.Quantile(store.ShortageCost / (store.ShortageCost + store.HoldingCost)) * Math.Sqrt(variance);
        })];
    }

    private static ScenarioSet Set(InventoryNetwork network, DemandProcess.Normal process, List<float[]> paths, int length, SeedTree seeds) =>
        new(network, [.. paths.SelectMany(path => path)], ScenarioSet.Draw(network, process, paths.Count, 1, seeds).Initial, length);
}
