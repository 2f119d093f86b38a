using Pilotage.Systems.Operations.Hdpo;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.Hdpo;

/// <summary>What users give wrongly, and what they are told, word for word.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pilotage-test").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Told(string name, ApplySettings settings, string[] demand, string[]? stock = null)
    {
        List<string> paths = [Write("demand.csv", demand)];
        if (stock is not null) paths.Add(Write("stock.csv", stock));
        var mistake = Assert.Throws<UserMistakeException>(() => UserDemand.Read(paths, settings, SeedTree.Root(0)));
        Snapshot.Matches(string.Join("\n", mistake.Problems).Replace(_folder, "FOLDER", StringComparison.Ordinal), name);
    }

    private string Write(string name, string[] lines)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllLines(path, lines);
        return path;
    }

    private static string[] Weeks(int weeks, params string[] series) =>
        ["series,period,value", .. series.SelectMany(name => Enumerable.Range(1, weeks).Select(week => FormattableString.Invariant($"{name},{week},{5 + week % 3}")))];

    [Fact]
    public void Demand_ValuesPeriodsAndNames() => Told("demand_fields", new(), ["series,period,value", "milk,1,many", "milk,soon,5", ",3,5", "milk,4", "milk,5,NaN", "milk,6,5", "milk,6,5"]);

    [Fact]
    public void Demand_Header() => Told("demand_header", new(), ["product,week,value", "milk,1,5"]);

    [Fact]
    public void Demand_Empty() => Told("demand_empty", new(), []);

    [Fact]
    public void Demand_OnlyHeader() => Told("demand_only_header", new(), ["series,period,value"]);

    [Fact]
    public void Demand_WeeksMissing() => Told("demand_missing_weeks", new(), [.. Weeks(60, "milk", "bread"), "milk,61,5", "milk,62,5"]);

    [Fact]
    public void Demand_TooShortAndShares_AreToldTogether() => Told("too_short", new() { TestShare = 0.5, ValidationShare = 0.4, LeadTime = 6 }, Weeks(40, "milk"));

    [Fact]
    public void Demand_LeadTimeTooLongForTheHistory() => Told("lead_time", new() { LeadTime = 20 }, Weeks(120, "milk"));

    [Fact]
    public void Demand_HardlyAnySales() => Told("no_sales", new(), ["series,period,value", .. Enumerable.Range(1, 80).Select(week => $"milk,{week},{(week % 9 == 0 ? 1 : 0)}")]);

    [Fact]
    public void Stock_EverythingWrong_IsToldAtOnce() => Told("stock", new(), Weeks(80, "milk", "bread", "salt"), ["series,on_hand,arriving_1", "milk,5,-1", "milk,5,1", "cheese,1,1", "bread,some,2", "bread,3"]);

    [Fact]
    public void Stock_ArrivesAfterTheLeadTime() => Told("stock_late", new(), Weeks(80, "milk"), ["series,on_hand,arriving_1,arriving_2", "milk,5,1,2"]);

    [Fact]
    public void Stock_Header() => Told("stock_header", new(), Weeks(80, "milk"), ["name,stock", "milk,5"]);

    [Fact]
    public void Files_MissingOrTooMany()
    {
        Assert.Contains("There is no file", Assert.Throws<UserMistakeException>(() => UserDemand.Read([Path.Combine(_folder, "none.csv")], new(), SeedTree.Root(0))).Message, StringComparison.Ordinal);
        Assert.Contains("3 input files", Assert.Throws<UserMistakeException>(() => UserDemand.Read(["a", "b", "c"], new(), SeedTree.Root(0))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Returns_AreSetToNothing_OrKept()
    {
        var path = Write("demand.csv", [.. Weeks(80, "milk"), "milk,81,-4"]);
        var clipped = UserDemand.Read([path], new(), SeedTree.Root(0));
        Assert.Equal(0, clipped.World.Panel.Values[^1]);
        Assert.Contains(clipped.Notes, note => note.StartsWith("1 value(s) of demand below 0 were taken as returns", StringComparison.Ordinal));
        Assert.True(UserDemand.Read([path], new() { KeepReturns = true }, SeedTree.Root(0)).World.Panel.Values[^1] < 0);
    }

    [Fact]
    public void Favorita_FilesMissingOrBroken_AreTold()
    {
        Assert.Equal(2, Assert.Throws<UserMistakeException>(() => FavoritaPanel.Read(_folder)).Problems.Count);
        File.WriteAllText(Path.Combine(_folder, FavoritaPanel.Sales), "PK, certainly no array");
        File.WriteAllLines(Path.Combine(_folder, FavoritaPanel.Dates), ["date,days_from_christmas", .. Enumerable.Range(0, 171).Select(week => week == 7 ? "x,soon" : "x,3")]);
        Snapshot.Matches(string.Join("\n", Assert.Throws<UserMistakeException>(() => FavoritaPanel.Read(_folder)).Problems).Replace(_folder, "FOLDER", StringComparison.Ordinal), "favorita");
    }
}
