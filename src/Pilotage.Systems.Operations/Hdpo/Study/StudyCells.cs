namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>The problems of the study, with the paper's costs and demand.</summary>
internal static class StudyCells
{
    public const string Backlog = "backlog", Lost = "lost", Serial = "serial", Warehouse = "warehouse";

    private const double GridStep = 0.125;               // of demand in the chain's recursion: a thousandth of its cost

    /// <summary>All problems.</summary>
    public static IReadOnlyList<StudyCell> All(HdpoConfig config) =>
    [
        .. config.BacklogLeadTimes.Select(lead => BacklogStore(lead, config)),
        .. config.LostLeadTimes.SelectMany(lead => config.LostShortageCosts.Select(shortage => LostStore(lead, shortage, config))),
        Chain(config),
        .. Warehouses(config),
    ];

    private static StudyCell BacklogStore(int lead, HdpoConfig config)
    {
        const double Mean = 5, Deviation = 1.6, Shortage = 9;
        var network = InventoryNetwork.Store(lead, 1, Shortage, isLost: false);
        return new(Backlog, FormattableString.Invariant($"backlog/L{lead}"), network, new DemandProcess.Normal([Mean], [Deviation]))
        {
            Solve = () =>
            {
                var optimum = NewsvendorOptimum.Of(Mean, Deviation, lead, 1, Shortage);
                return (new BaseStock(network, [optimum.Level], Mean), optimum.Cost);
            },
            Training = config.Store,
            FirstLevels = [Mean * (lead + 1)],
        };
    }

    private static StudyCell LostStore(int lead, double shortage, HdpoConfig config)
    {
        const double Mean = 5;
        return new(Lost, FormattableString.Invariant($"lost/L{lead}-p{shortage}"), InventoryNetwork.Store(lead, 1, shortage, isLost: true), new DemandProcess.Poisson(Mean))
        {
            Solve = () =>
            {
                var optimum = LostSalesOptimum.Of(Mean, lead, 1, shortage);
                return (new LostSalesPolicy(optimum), optimum.Cost);
            },
            Training = config.Store,
            FirstLevels = [Mean * (lead + 1)],
        };
    }

    private static StudyCell Chain(HdpoConfig config)
    {
        const double Mean = 5, Deviation = 2, Shortage = 9;
        double[] holding = [1, 0.5, 0.2, 0.1];
        int[] leads = [4, 3, 4, 2];
        var network = InventoryNetwork.Serial(holding, leads, Shortage);
        return new(Serial, "serial/L4", network, new DemandProcess.Normal([Mean], [Deviation]))
        {
            Solve = () =>
            {
                var optimum = EchelonOptimum.Of(holding, leads, Shortage, DemandGrid.Normal(Mean, Deviation, GridStep));
                return (new BaseStock(network, optimum.Levels, Mean, isEchelon: true), optimum.Cost);
            },
            Training = config.Serial,
            FirstLevels = [.. leads.Select((_, k) => Mean * (leads.Take(k + 1).Sum() + 1))],
        };
    }

    // The paper's ranges, drawn once: all training seeds and all numbers of scenarios share one network.
    private static IEnumerable<StudyCell> Warehouses(HdpoConfig config)
    {
        const int WarehouseLead = 3;
        var random = SeedTree.Root(0).Branch("hdpo warehouse").Start();
        var stores = Enumerable.Range(0, config.WarehouseStores).Select(_ =>
        {
            var mean = random.NextUniform(2.5, 7.5);
            return (Mean: mean, Deviation: mean * random.NextUniform(0.25, 0.5), Holding: random.NextUniform(0.7, 1.3), Shortage: random.NextUniform(6.3, 11.7), Lead: 2 + random.NextInt(2));
        }).ToList();
        var network = InventoryNetwork.Warehouse(
            [.. stores.Select(store => store.Holding)], [.. stores.Select(store => store.Shortage)], [.. stores.Select(store => store.Lead)], warehouseHoldingCost: 0.3, WarehouseLead, isLost: true);
        var process = new DemandProcess.Normal([.. stores.Select(store => store.Mean)], [.. stores.Select(store => store.Deviation)], Correlation: 0.5);
        double[] levels = [.. stores.Select(store => store.Mean * (store.Lead + 1)), stores.Sum(store => store.Mean * (store.Lead + 1 + WarehouseLead))];
        return config.WarehouseScenarios.Select(count => new StudyCell(Warehouse, FormattableString.Invariant($"warehouse/{count}"), network, process)
        {
            Training = config.Warehouse with { Scenarios = count },
            FirstLevels = levels,
        });
    }
}
