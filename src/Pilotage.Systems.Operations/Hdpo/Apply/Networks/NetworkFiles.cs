namespace Pilotage.Systems.Operations.Hdpo;

/// <summary>A user's network in two CSV files: routes (from,to,lead_time and maybe cost) and locations (location,holding_cost,shortage_cost and maybe level).</summary>
/// <param name="Network">Stores are the locations that have demand, in the order of the locations file.</param>
/// <param name="Levels">The stock that each location orders up to today; empty where the file has no such column.</param>
internal sealed record NetworkFiles(InventoryNetwork Network, IReadOnlyList<double> Levels)
{
    /// <summary>The name of the outside supplier.</summary>
    public const string SupplierName = "supplier";

    /// <summary>Reads both files.</summary>
    /// <param name="routesPath">Routes.</param>
    /// <param name="locationsPath">Locations.</param>
    /// <param name="stores">The names that have demand.</param>
    /// <param name="isLost">Whether demand that is not met goes away.</param>
    /// <exception cref="UserMistakeException">A file cannot be used; holds all problems with line and column.</exception>
    public static NetworkFiles Read(string routesPath, string locationsPath, IReadOnlyList<string> stores, bool isLost)
    {
        var problems = new List<string>();
        var locations = ReadLocations(locationsPath, stores, problems, out var levels);
        var routes = ReadRoutes(routesPath, locations, problems);
        problems.AddRange(stores.Where(store => !locations.Exists(location => location.Name == store)).Select(store => $"{locationsPath}: there is no line for '{store}', which has demand. Add it."));
        if (problems.Count == 0) problems.AddRange(NetworkCheck.Problems(locations, routes).Select(problem => $"{routesPath}: {problem}"));
        UserMistakeException.ThrowIfAny(problems);
        return new(new(locations, routes, isLost), levels);
    }

    private static List<Location> ReadLocations(string path, IReadOnlyList<string> stores, List<string> problems, out IReadOnlyList<double> levels)
    {
        var rows = new List<(Location Location, double Level)>();
        var table = CsvTable.Read(path, ["location", "holding_cost", "shortage_cost"], problems);
        var hasLevels = table.Has("level");
        foreach (var row in table.Rows)
        {
            var name = row.Text("location");
            var isStore = stores.Contains(name);
            if (name.Length == 0 || name == SupplierName) problems.Add($"{row.Where("location")}: '{name}' is no name for a location. Give another.");
            else if (rows.Exists(other => other.Location.Name == name)) problems.Add($"{row.Where("location")}: location '{name}' stands here twice. Keep one line.");
            var holding = row.Number("holding_cost", 0, problems);
            var shortage = isStore ? row.Number("shortage_cost", 0, problems) : 0;
            rows.Add((new(name, isStore, holding, shortage), hasLevels ? row.Number("level", 0, problems) : 0));
        }
        var sorted = rows.OrderByDescending(row => row.Location.IsStore).ToList();
        levels = hasLevels ? [.. sorted.Select(row => row.Level)] : [];
        return [.. sorted.Select(row => row.Location)];
    }

    private static List<Route> ReadRoutes(string path, List<Location> locations, List<string> problems)
    {
        var routes = new List<Route>();
        var table = CsvTable.Read(path, ["from", "to", "lead_time"], problems);
        foreach (var row in table.Rows)
        {
            int Place(string column)
            {
                var name = row.Text(column);
                var place = column == "from" && name == SupplierName ? Route.Supplier : locations.FindIndex(location => location.Name == name);
                if (place < 0 && name != SupplierName) problems.Add($"{row.Where(column)}: '{name}' is not among the locations. Write one of them{(column == "from" ? $", or {SupplierName}" : "")}.");
                else if (place < 0 && column == "to") problems.Add($"{row.Where(column)}: nothing is shipped to the supplier. Write a location.");
                return place;
            }
            var (from, to) = (Place("from"), Place("to"));
            var lead = row.Number("lead_time", 1, problems);
            if (lead != Math.Floor(lead)) problems.Add($"{row.Where("lead_time")}: '{row.Text("lead_time")}' is not a whole number of periods. Round it up.");
            routes.Add(new(from, to, (int)Math.Min(lead, int.MaxValue), table.Has("cost") ? row.Number("cost", double.NegativeInfinity, problems) : 0));
        }
        return routes;
    }
}
