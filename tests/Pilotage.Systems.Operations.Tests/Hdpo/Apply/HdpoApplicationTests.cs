using System.Globalization;
using System.Text.Json;
using Pilotage.Evaluation.Reports.Plots;
using Pilotage.Systems.Operations.Hdpo;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.Hdpo.Apply;

public sealed class HdpoApplicationTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pilotage-test").FullName;
    private static readonly HdpoConfig Quick = new()
    {
        Apply = new() { LeadTime = 2, Seeds = 1, Updates = 60, Cover = 8 },
        RecordHidden = [16],
        Records = new() { Batch = 32, LearningRate = 0.01, ValidationPeriod = 20 },
        RecordRules = new() { Batch = 32, Updates = 20, LearningRate = 0.05 },
        ForecastHidden = [16],
        ForecastUpdates = 100,
        ForecastRows = 64,
    };

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Demand(int series, int weeks)
    {
        var random = new Randomness(3);
        var path = Path.Combine(_folder, "demand.csv");
        File.WriteAllLines(path, ["series,period,value", .. Enumerable.Range(0, series).SelectMany(s => Enumerable.Range(0, weeks).Select(week => string.Create(
            CultureInfo.InvariantCulture, $"item-{s},{new DateTime(2023, 1, 2, 0, 0, 0, DateTimeKind.Utc).AddDays(7 * week):yyyy-MM-dd},{Math.Max(0, 10 * (s + 1) * (1 + 0.3 * random.NextNormal())):0.#}")))]);
        return path;
    }

    private ApplyReport Apply(HdpoConfig config, params string[] paths) => new HdpoSystem().Apply(new(config, paths, 1, _folder), progress: null, CancellationToken.None);

    [Fact]
    public void Apply_RuleThatHoldsTooMuch_IsBeatenWithFilesAndFigures()
    {
        var report = Apply(Quick, Demand(series: 9, weeks: 120));
        Assert.StartsWith("Yes, ", report.Headline, StringComparison.Ordinal);           // 8 weeks of cover are far more than 3 weeks of demand need
        Assert.All(report.Rows, row => Assert.Equal(report.Columns.Count, row.Count));
        Assert.Contains(report.Rows, row => row[0] == "rule in use" && row[^1] == "rule in use");
        Assert.Equal("bound", report.Rows[^1][^1]);
        Assert.All(report.Files, file => Assert.True(File.Exists(Path.Combine(_folder, file)), file));
        Assert.Equal(1 + 9, File.ReadLines(Path.Combine(_folder, "orders.csv")).Count());
        Assert.Equal(1 + 30, File.ReadLines(Path.Combine(_folder, "trace.csv")).Count());
        using var json = JsonDocument.Parse(File.ReadAllText(Path.Combine(_folder, "recommended-policy.json")));
        Assert.Equal(report.Rows[0][0], json.RootElement.GetProperty("policy").GetString());
        Assert.Equal(["costs", "order-curve", "stock"], report.Plots.Select(plot => plot.Name));
        var bars = (BarPlot)report.Plots[0];
        var costs = report.Rows.ToDictionary(row => row[0], row => double.Parse(row[1], CultureInfo.InvariantCulture));
        for (var i = 0; i < bars.Rows.Count; i++) Assert.Equal(costs[bars.Rows[i]], bars.Parts.Sum(part => part.Values[i]), 1.0);
        Assert.All(bars.Parts.SelectMany(part => part.Values), value => Assert.True(value >= -1e-6));
        Assert.True(costs["just in time (nobody can)"] <= costs.Values.Min());
    }

    [Fact]
    public void Apply_FullAndEmptyStock_OrdersNothingAndMuch()
    {
        var path = Demand(series: 2, weeks: 120);
        var stock = Path.Combine(_folder, "stock.csv");
        File.WriteAllLines(stock, ["series,on_hand,arriving_1", "item-1,0,0", "item-0,10000,0"]);
        var report = Apply(Quick, path, stock);
        Assert.Contains(report.Notes, note => note.Contains("for the stock that you gave", StringComparison.Ordinal));
        var orders = File.ReadLines(Path.Combine(_folder, "orders.csv")).Skip(1).Select(line => line.Split(',')).ToDictionary(f => f[0].Trim('"'), f => double.Parse(f[1], CultureInfo.InvariantCulture));
        Assert.Equal(0, orders["item-0"]);
        Assert.True(orders["item-1"] > 20);                              // sells 20 a week, covers 3 weeks
    }

    [Fact]
    public void Apply_SameSeed_GivesTheSameReport()
    {
        var path = Demand(series: 1, weeks: 100);
        var (first, second) = (Apply(Quick, path), Apply(Quick, path));
        Assert.Equal(first.Headline, second.Headline);
        Assert.Equal(first.Rows.SelectMany(row => row), second.Rows.SelectMany(row => row));
    }
}
