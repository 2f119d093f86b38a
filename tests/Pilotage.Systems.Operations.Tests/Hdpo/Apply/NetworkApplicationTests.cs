using System.Globalization;
using Pilotage.Systems.Operations.Hdpo;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.Hdpo.Apply;

public sealed class NetworkApplicationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pilotage-test").FullName;
    private static readonly HdpoConfig Quick = new()
    {
        Apply = new() { Seeds = 1, Updates = 4 },
        GraphWidth = 4,
        Rules = new() { Batch = 8, Updates = 30, LearningRate = 0.05 },
        Warehouse = new() { Batch = 4, LearningRate = 0.003, ValidationPeriod = 2 },
    };

    private static readonly string[] Routes = ["from,to,lead_time,cost", "supplier,hub,3,0", "hub,north,1,0.1", "hub,south,2,0.1"];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string name, params string[] lines)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllLines(path, lines);
        return path;
    }

    private string Demand(int periods)
    {
        var random = new Randomness(3);
        return Write("demand.csv", ["series,period,value", .. Enumerable.Range(0, periods).SelectMany(t => new[] { ("south", 20), ("north", 10) }.Select(store => string.Create(
            CultureInfo.InvariantCulture, $"{store.Item1},{t},{Math.Max(0, store.Item2 * (1 + 0.3 * random.NextNormal())):0.#}")))]);
    }

    [Fact]
    public void Apply_LevelsThatHoldTooMuch_AreBeatenAndOrdersKeepToTheStock()
    {
        var locations = Write("locations.csv", "location,holding_cost,shortage_cost,level", "hub,0.3,,300", "north,1,9,60", "south,1,9,120");
        var stock = Write("stock.csv", "series,on_hand,arriving_1", "hub,5,0", "north,0,0", "south,0,0");
        var report = new HdpoSystem().Apply(new(Quick, [stock, Write("routes.csv", Routes), locations, Demand(240)], 1, _folder), null, CancellationToken.None);
        Assert.StartsWith("Yes, ", report.Headline, StringComparison.Ordinal);
        Assert.Equal(3, report.Rows.Count);
        Assert.All(report.Rows, row => Assert.Equal(report.Columns.Count, row.Count));
        Assert.All(report.Files, file => Assert.True(File.Exists(Path.Combine(_folder, file)), file));
        Assert.Equal(["costs", "stock"], report.Plots.Select(plot => plot.Name));
        var orders = File.ReadLines(Path.Combine(_folder, "orders.csv")).Skip(1).Select(line => line.Split(',')).Select(f => (From: f[0].Trim('"'), To: f[1].Trim('"'), Order: double.Parse(f[2], CultureInfo.InvariantCulture))).ToList();
        Assert.Equal([("hub", "north"), ("hub", "south"), ("supplier", "hub")], orders.Select(order => (order.From, order.To)));
        Assert.InRange(orders.Take(2).Sum(order => order.Order), 0, 5.01);
    }

    [Fact]
    public void Read_Textbook_LevelsCoverLeadTimeAndPeriod()
    {
        var locations = Write("locations.csv", "location,holding_cost,shortage_cost", "south,1,9", "north,1,9", "hub,0.3,");
        var user = UserNetwork.Read([Demand(240), Write("routes.csv", Routes), locations], new(), SeedTree.Root(0));
        Assert.Equal(["south", "north", "hub"], user.Network.Locations.Select(location => location.Name));
        var (south, deviation) = (user.Process.Means[0], user.Process.Deviations[0]);
        Assert.InRange(south, 19, 21);
        Assert.Equal(3 * south + 1.28155 * Math.Sqrt(3) * deviation, user.TextbookLevels(isEchelon: false)[0], 1e-3);
        Assert.True(user.TextbookLevels(isEchelon: true)[2] > user.TextbookLevels(isEchelon: false)[2]);
        Assert.Equal(user.Validation.Demand[..5], user.Test.Demand[..5]);
    }

    [Fact]
    public void Read_FilesOfANetwork_TellWhatIsWrongWithThem()
    {
        var locations = Write("locations.csv", "location,holding_cost,shortage_cost", "hub,cheap,", "north,1,", "north,1,9", ",1,9");
        var routes = Write("routes.csv", "from,to,lead_time", "supplier,hub,0", "hub,nowhere,1", "hub,supplier,1.5", "hub,north");
        var mistake = Assert.Throws<UserMistakeException>(() => UserNetwork.Read([Demand(240), routes, locations], new(), SeedTree.Root(0)));
        Snapshot.Matches(string.Join("\n", mistake.Problems).Replace(_folder, "FOLDER", StringComparison.Ordinal), "network_fields");
    }

    [Fact]
    public void Read_NetworkThatCannotWork_NamesTheFile()
    {
        var locations = Write("locations.csv", "location,holding_cost,shortage_cost", "hub,1,", "north,1,9", "south,1,9");
        var routes = Write("routes.csv", "from,to,lead_time", "hub,north,1", "hub,south,1");
        Assert.Contains("routes.csv: Nothing supplies 'hub'", Assert.Throws<UserMistakeException>(() => UserNetwork.Read([Demand(240), routes, locations], new(), SeedTree.Root(0))).Message, StringComparison.Ordinal);
        Assert.Contains("Give a longer history", Assert.Throws<UserMistakeException>(
            () => UserNetwork.Read([Demand(60), Write("routes.csv", Routes), locations], new(), SeedTree.Root(0))).Message, StringComparison.Ordinal);
        Assert.Contains("No input file holds locations", Assert.Throws<UserMistakeException>(() => UserNetwork.Read([Demand(60), routes], new(), SeedTree.Root(0))).Message, StringComparison.Ordinal);
    }
}
