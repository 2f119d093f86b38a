namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>Scenarios: each an initial state and a path of demand. Immutable; the same for every policy, so that policies are compared on equal luck.</summary>
/// <remarks>Demand does not depend on what is ordered, so any policy can be replayed on a path in hindsight: this is what the method rests on.</remarks>
internal sealed class ScenarioSet
{
    /// <summary>Wraps recorded or drawn numbers.</summary>
    /// <param name="network">Shared by all scenarios.</param>
    /// <param name="demand">[N, S, past + T], period 0 at place <paramref name="pastPeriods"/>.</param>
    /// <param name="initial">State before period 0, [N, K, W].</param>
    /// <param name="periods">T.</param>
    /// <param name="pastPeriods">How many periods before the first are known.</param>
    public ScenarioSet(InventoryNetwork network, float[] demand, float[] initial, int periods, int pastPeriods = 0)
    {
        var size = network.StoreCount * (periods + pastPeriods);
        if (demand.Length % size != 0 || initial.Length != demand.Length / size * network.Count * network.Width)
            throw new ArgumentException(FormattableString.Invariant($"{demand.Length} numbers of demand and {initial.Length} of initial state do not make whole scenarios of {network.StoreCount} stores and {periods + pastPeriods} periods."), nameof(demand));
        (Network, Demand, Initial, Periods, PastPeriods, Count) = (network, demand, initial, periods, pastPeriods, demand.Length / size);
    }

    /// <summary>The network of all scenarios.</summary>
    public InventoryNetwork Network { get; }

    /// <summary>[N, S, past + T].</summary>
    public float[] Demand { get; }

    /// <summary>[N, K, W].</summary>
    public float[] Initial { get; }

    /// <summary>T, periods that are simulated.</summary>
    public int Periods { get; }

    /// <summary>Periods of demand known before the first.</summary>
    public int PastPeriods { get; }

    /// <summary>N, number of scenarios.</summary>
    public int Count { get; }

    /// <summary>Numbers of one scenario's <see cref="Demand"/> for one store.</summary>
    public int PathLength => PastPeriods + Periods;

    /// <summary>Costs and lead times of each scenario; <see langword="null"/> where the network's own hold.</summary>
    public ScenarioTerms? Terms { get; init; }

    /// <summary>Days between each period, the past ones included, and the next Christmas, as a share of a year: [past + T]; empty where periods have no date.</summary>
    public float[] Calendar { get; init; } = [];

    /// <summary>Draws scenarios. The state begins with a uniform share of the mean demand in each of a store's slots up to its lead time; warehouses begin empty.</summary>
    /// <param name="network">Its stores are those of the process.</param>
    /// <param name="process">Demand.</param>
    /// <param name="count">N.</param>
    /// <param name="periods">T.</param>
    /// <param name="seeds">Scenario i draws from branch i, so more scenarios do not move the first ones.</param>
    public static ScenarioSet Draw(InventoryNetwork network, DemandProcess process, int count, int periods, SeedTree seeds)
    {
        var (stores, width) = (network.StoreCount, network.Width);
        if (process.StoreCount != stores) throw new ArgumentException($"The demand of {process.StoreCount} stores does not fit a network of {stores}.", nameof(process));
        var (demand, initial) = (new float[count * stores * periods], new float[count * network.Count * width]);
        Span<float> period = stackalloc float[stores];
        var leads = Enumerable.Range(0, stores).Select(s => network.Routes.Where(route => route.To == s).Max(route => route.LeadTime)).ToArray();
        for (var i = 0; i < count; i++)
        {
            var random = seeds.Branch(i).Start();
            for (var s = 0; s < stores; s++)
                for (var slot = 0; slot < leads[s]; slot++) initial[(i * network.Count + s) * width + slot] = (float)(process.Mean(s) * random.NextDouble());
            for (var t = 0; t < periods; t++)
            {
                process.Draw(period, ref random);
                for (var s = 0; s < stores; s++) demand[(i * stores + s) * periods + t] = period[s];
            }
        }
        return new(network, demand, initial, periods);
    }
}
