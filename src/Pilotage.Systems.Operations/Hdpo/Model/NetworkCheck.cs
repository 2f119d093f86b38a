namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>What must hold of a network before anything is simulated.</summary>
internal static class NetworkCheck
{
    /// <summary>The longest lead time that is simulated, in periods: five years of days.</summary>
    public const int LongestLeadTime = 1825;

    /// <summary>All that is wrong.</summary>
    /// <param name="locations">Stores, then warehouses.</param>
    /// <param name="routes">In any order.</param>
    /// <returns>One sentence or two for each problem, without where it stands.</returns>
    public static IEnumerable<string> Problems(IReadOnlyList<Location> locations, IReadOnlyList<Route> routes)
    {
        if (!locations.Any(location => location.IsStore))
        {
            yield return "The network has no store: nothing would ever be sold. Mark at least one location as a store.";
            yield break;
        }
        if (locations.SkipWhile(location => location.IsStore).Any(location => location.IsStore)) yield return "Stores must come before warehouses in the list of locations.";
        foreach (var location in locations)
        {
            if (!(location.HoldingCost >= 0) || !double.IsFinite(location.HoldingCost)) yield return FormattableString.Invariant($"The holding cost of '{location.Name}' is {location.HoldingCost}; it must be a number of at least 0.");
            if (location.IsStore && (!(location.ShortageCost > 0) || !double.IsFinite(location.ShortageCost))) yield return FormattableString.Invariant($"The shortage cost of '{location.Name}' is {location.ShortageCost}; a store needs a number above 0, or it is best never to order.");
        }
        string Name(int index) => index == Route.Supplier ? "the supplier" : index >= 0 && index < locations.Count ? $"'{locations[index].Name}'" : FormattableString.Invariant($"location {index}, which does not exist");
        foreach (var route in routes)
        {
            var where = $"The route from {Name(route.From)} to {Name(route.To)}";
            if (route.LeadTime < 1) yield return FormattableString.Invariant($"{where} has the lead time {route.LeadTime}; an order is used 1 period later at the soonest. Give a whole number from 1 to {LongestLeadTime}.");
            else if (route.LeadTime > LongestLeadTime) yield return FormattableString.Invariant($"{where} has the lead time {route.LeadTime}; at most {LongestLeadTime} periods are simulated. Count in longer periods.");
            if (!double.IsFinite(route.Cost)) yield return FormattableString.Invariant($"{where} costs {route.Cost} a unit; it must be a finite number.");
            if (route.From >= locations.Count || route.From < Route.Supplier || route.To < 0 || route.To >= locations.Count) yield return $"{where} leads nowhere.";
            else if (route.From == route.To) yield return $"{where} leads to where it begins. Remove it.";
            else if (route.From >= 0 && locations[route.From].IsStore) yield return $"{where} ships out of a store; only warehouses ship. Make the store a warehouse with a store behind it.";
        }
        foreach (var twice in routes.GroupBy(route => (route.From, route.To)).Where(group => group.Skip(1).Any()))
            yield return $"There is more than one route from {Name(twice.Key.From)} to {Name(twice.Key.To)}. Keep one.";
        for (var k = 0; k < locations.Count; k++)
        {
            if (routes.All(route => route.To != k)) yield return $"Nothing supplies '{locations[k].Name}'. Give it a route from a warehouse or from the supplier.";
            if (!locations[k].IsStore && routes.All(route => route.From != k)) yield return $"'{locations[k].Name}' supplies nobody. Give it a route to a store or another warehouse, or remove it.";
        }
        if (HasCycle(locations.Count, routes)) yield return "The routes run in a circle: stock could be shipped round and round. Remove one of its routes.";
    }

    private static bool HasCycle(int count, IReadOnlyList<Route> routes)
    {
        var open = Enumerable.Range(0, count).ToHashSet();
        while (open.RemoveWhere(k => !routes.Any(route => route.To == k && open.Contains(route.From))) > 0) { }
        return open.Count > 0;
    }
}
