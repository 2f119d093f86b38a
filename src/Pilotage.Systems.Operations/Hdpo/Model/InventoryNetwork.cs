namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>Locations and the routes between them. Immutable; what the dynamics, policies and oracles share.</summary>
/// <remarks>
/// Stores come first, then warehouses. Routes are sorted: those between locations by the location that ships, then those from the supplier, each in the order of the receiver. An
/// order is one number for each route in this order.
/// </remarks>
internal sealed class InventoryNetwork
{
    private readonly (int Start, int Length)[] _routesFrom;

    /// <summary>Makes a network.</summary>
    /// <param name="locations">Stores, then warehouses.</param>
    /// <param name="routes">In any order.</param>
    /// <param name="isLost">Whether demand that is not met goes away; if not, it waits.</param>
    /// <param name="isTransshipment">Whether warehouses keep nothing: all that they hold goes out in each period.</param>
    /// <exception cref="UserMistakeException">The network cannot work; holds all problems.</exception>
    public InventoryNetwork(IReadOnlyList<Location> locations, IReadOnlyList<Route> routes, bool isLost, bool isTransshipment = false)
    {
        UserMistakeException.ThrowIfAny([.. NetworkCheck.Problems(locations, routes)]);
        Locations = locations;
        Routes = [.. routes.OrderBy(route => route.IsExternal ? int.MaxValue : route.From).ThenBy(route => route.To)];
        (IsLost, IsTransshipment) = (isLost, isTransshipment);
        StoreCount = locations.Count(location => location.IsStore);
        InternalCount = Routes.Count(route => !route.IsExternal);
        Width = Math.Max(2, Routes.Max(route => route.LeadTime));
        FollowsRoutes = Routes.Count == Count && Enumerable.Range(0, Count).All(k => Routes[k].To == k);
        HoldingCosts = [.. locations.Select(location => (float)location.HoldingCost)];
        Penalties = [.. locations.Select(location => (float)(location.HoldingCost + location.ShortageCost))];
        RouteCosts = [.. Routes.Select(route => (float)route.Cost)];
        Externals = [.. Routes.Select(route => route.IsExternal ? 1f : 0f)];
        Origins = Matrix(route => route.From, Count);
        Ends = Matrix(route => route.To, Count);
        Arrivals = FollowsRoutes ? new float[Count * Width] : Matrix(route => route.To * Width + route.LeadTime - 1, Count * Width);
        _routesFrom = [.. Enumerable.Range(0, Count).Select(k => (Routes.TakeWhile(route => route.From != k).Count(), Routes.Count(route => route.From == k)))];
        if (FollowsRoutes) foreach (var route in Routes) Arrivals[route.To * Width + route.LeadTime - 1] = 1;
    }

    /// <summary>Stores, then warehouses.</summary>
    public IReadOnlyList<Location> Locations { get; }

    /// <summary>Sorted; see the class.</summary>
    public IReadOnlyList<Route> Routes { get; }

    /// <summary>Whether demand that is not met goes away.</summary>
    public bool IsLost { get; }

    /// <summary>Whether warehouses keep nothing.</summary>
    public bool IsTransshipment { get; }

    /// <summary>K, number of locations.</summary>
    public int Count => Locations.Count;

    /// <summary>S, number of stores.</summary>
    public int StoreCount { get; }

    /// <summary>Number of routes between locations; they come first.</summary>
    public int InternalCount { get; }

    /// <summary>W, numbers of a location's state: on hand, then what arrives in 1, 2, … W - 1 periods.</summary>
    public int Width { get; }

    /// <summary>Whether route k supplies location k, so that orders by route are orders by location.</summary>
    public bool FollowsRoutes { get; }

    /// <summary>h of each location, [K].</summary>
    public float[] HoldingCosts { get; }

    /// <summary>h + p of each location, p being 0 for warehouses, [K].</summary>
    public float[] Penalties { get; }

    /// <summary>Money for one unit ordered on each route, [E].</summary>
    public float[] RouteCosts { get; }

    /// <summary>1 for routes from the supplier, 0 for others, [E].</summary>
    public float[] Externals { get; }

    /// <summary>1 where a route begins, [E, K]; rows of routes from the supplier are 0.</summary>
    public float[] Origins { get; }

    /// <summary>1 where a route ends, [E, K].</summary>
    public float[] Ends { get; }

    /// <summary>1 where an order enters the state: [K, W] where <see cref="FollowsRoutes"/>, else [E, K W].</summary>
    public float[] Arrivals { get; }

    /// <summary>Whether a unit costs something on any route.</summary>
    public bool HasRouteCosts => RouteCosts.AsSpan().ContainsAnyExcept(0f);

    /// <summary>The routes out of a warehouse, as the first place and the number of places among <see cref="Routes"/>.</summary>
    /// <param name="warehouse">Its index among the locations.</param>
    public (int Start, int Length) RoutesFrom(int warehouse) => _routesFrom[warehouse];

    /// <summary>Which location is supplied by which, over any number of routes; each is supplied by itself.</summary>
    /// <returns>[K, K], 1 where the column's location supplies the row's.</returns>
    public float[] Below()
    {
        var below = new float[Count * Count];
        for (var k = 0; k < Count; k++) Reach(k, k);
        return below;

        void Reach(int from, int at)
        {
            below[at * Count + from] = 1;
            foreach (var route in Routes.Where(route => route.From == at)) Reach(from, route.To);
        }
    }

    /// <summary>What a route carries on average where every store sells its mean demand and locations divide their orders equally over their routes.</summary>
    /// <param name="meanDemands">Of each store.</param>
    /// <returns>Of each route, [E].</returns>
    public float[] MeanFlows(IReadOnlyList<double> meanDemands)
    {
        return [.. Routes.Select(route => (float)(Through(route.To) / Routes.Count(other => other.To == route.To)))];
        double Through(int location) => Locations[location].IsStore ? meanDemands[location]
            : Routes.Where(route => route.From == location).Sum(route => Through(route.To) / Routes.Count(other => other.To == route.To));
    }

    /// <summary>One store that orders from the supplier.</summary>
    public static InventoryNetwork Store(int leadTime, double holdingCost, double shortageCost, bool isLost) =>
        new([new("store", IsStore: true, holdingCost, shortageCost)], [new(Route.Supplier, 0, leadTime)], isLost);

    /// <summary>A chain that ends in one store, with backlog.</summary>
    /// <param name="holdingCosts">Of the store first, then of each warehouse upstream.</param>
    /// <param name="leadTimes">Into the same locations; the last is from the supplier.</param>
    /// <param name="shortageCost">p of the store.</param>
    public static InventoryNetwork Serial(IReadOnlyList<double> holdingCosts, IReadOnlyList<int> leadTimes, double shortageCost) => new(
        [.. holdingCosts.Select((cost, k) => new Location(k == 0 ? "store" : FormattableString.Invariant($"echelon {k + 1}"), k == 0, cost, k == 0 ? shortageCost : 0))],
        [.. leadTimes.Select((lead, k) => new Route(k + 1 < leadTimes.Count ? k + 1 : Route.Supplier, k, lead))], isLost: false);

    /// <summary>One warehouse that supplies some stores.</summary>
    /// <param name="holdingCosts">Of each store.</param>
    /// <param name="shortageCosts">Of each store.</param>
    /// <param name="leadTimes">From the warehouse to each store.</param>
    /// <param name="warehouseHoldingCost">h of the warehouse.</param>
    /// <param name="warehouseLeadTime">From the supplier.</param>
    /// <param name="isLost">Whether demand that is not met goes away.</param>
    /// <param name="isTransshipment">Whether the warehouse keeps nothing.</param>
    public static InventoryNetwork Warehouse(
        IReadOnlyList<double> holdingCosts, IReadOnlyList<double> shortageCosts, IReadOnlyList<int> leadTimes, double warehouseHoldingCost, int warehouseLeadTime, bool isLost, bool isTransshipment = false) => new(
        [
            .. holdingCosts.Select((cost, k) => new Location(FormattableString.Invariant($"store {k + 1}"), IsStore: true, cost, shortageCosts[k])),
            new("warehouse", IsStore: false, warehouseHoldingCost),
        ],
        [.. leadTimes.Select((lead, k) => new Route(leadTimes.Count, k, lead)), new(Route.Supplier, leadTimes.Count, warehouseLeadTime)], isLost, isTransshipment);

    private float[] Matrix(Func<Route, int> column, int columns)
    {
        var matrix = new float[Routes.Count * columns];
        for (var e = 0; e < Routes.Count; e++)
            if (column(Routes[e]) is >= 0 and var place) matrix[e * columns + place] = 1;
        return matrix;
    }
}
