using Pilotage.Systems.Operations.CloudAutoscaling;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Operations.Tests.CloudAutoscaling.Jobs;

public sealed class JobFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pilotage-test").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string File(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        System.IO.File.WriteAllText(path, text);
        return path;
    }

    private void Told(string name, Action read) => Snapshot.Matches(string.Join("\n", Assert.Throws<UserMistakeException>(read).Problems).Replace(_folder, "FOLDER", StringComparison.Ordinal), name);

    private void ToldOfJob(string name, string file, string text) => Told(name, () => TaskFile.Read(File(file, text)));

    private void ToldOfPrices(string name, string text, int types = 1, int leastSteps = 2) => Told(name, () => SpotPriceFile.Read(File("spot.csv", text), types, 300, leastSteps));

    [Theory, InlineData("\n"), InlineData("\r\n")]
    public void Read_CsvAndJson_GiveTheSameJob(string end)
    {
        var csv = TaskFile.Read(File("job.csv", string.Join(end, "\uFEFFtask,work,after", "fetch,600,", "\"left\",1200,fetch", "right,300,fetch", "", "join,60,left; right")));
        var json = TaskFile.Read(File("job.json", """
            {
              // seconds on a machine of speed 1
              "deadlineSeconds": 7200,
              "tasks": [
                {"name": "fetch", "work": 600}, {"name": "left", "work": 1200, "after": ["fetch"]},
                {"name": "right", "work": 300, "after": ["fetch"]}, {"name": "join", "work": 60, "after": ["left", "right"]},
              ]
            }
            """.ReplaceLineEndings(end)));
        Assert.Equal((0.0, 7200.0), (csv.DeadlineSeconds, json.DeadlineSeconds));
        Assert.Equal((1860.0, 2160.0, 4), (csv.Graph.CriticalPath, csv.Graph.TotalWork, csv.Graph.Count));
        Assert.Equal(csv.Graph.Tails, json.Graph.Tails);
        Assert.True(TaskFile.IsJob(File("job.csv", "task,work")));
        Assert.False(TaskFile.IsJob(File("load.csv", "timestamp,requests")));
    }

    [Fact]
    public void Read_ABag_NeedsNoColumnOfDependencies() => Assert.Equal(5, TaskFile.Read(File("bag.csv", "id,seconds\na,5\nb,4")).Graph.CriticalPath);

    [Fact]
    public void Read_BadCsv_TellsEachMistakeWithItsLine()
    {
        ToldOfJob("csv_fields", "job.csv", "task,work,after\na,ten\nb\n,5\nc,-3\n");
        ToldOfJob("csv_tasks", "job.csv", "task,work,after\na,0\na,NaN,\n\nb,5,nobody\n");
        ToldOfJob("csv_cycle", "job.csv", "task,work,after\nbuild,60,\ntest,60,build;deploy\npack,60,test\ndeploy,60,pack\n");
        ToldOfJob("csv_header", "job.csv", "a,b\n1,2\n");
        ToldOfJob("csv_empty", "job.csv", "");
        ToldOfJob("csv_without_tasks", "job.csv", "task,work\n");
        Told("missing", () => TaskFile.Read("FOLDER/none.csv"));
    }

    [Fact]
    public void Read_BadJson_TellsEachMistakeWithItsLine()
    {
        ToldOfJob("json_broken", "job.json", "{\n  \"tasks\": [\n    {\"name\": \"a\" \"work\": 1}\n  ]\n}");
        ToldOfJob("json_shapes", "job.json", "{\n  \"deadlineSeconds\": \"soon\",\n  \"task\": 1,\n  \"tasks\": [\n    7,\n    {\"name\": 5, \"work\": 1},\n    {\"name\": \"a\", \"work\": 1, \"after\": [true]},\n    {\"work\": 1},\n    {\"name\": \"b\"}\n  ]\n}");
        ToldOfJob("json_cycle", "job.json", "{\"tasks\": [\n  {\"name\": \"a\", \"work\": 1, \"after\": [\"b\"]},\n  {\"name\": \"b\", \"work\": 1, \"after\": [\"a\"]}\n]}");
        ToldOfJob("json_list", "job.json", "[]");
        ToldOfJob("json_without_tasks", "job.json", "{}");
        ToldOfJob("json_empty", "job.json", "");
    }

    [Fact]
    public void Prices_IrregularTimes_HoldUntilTheNextLine()
    {
        var market = SpotPriceFile.Read(File("spot.csv", "timestamp,price_small,price_large\n2024-05-01T00:00:00,0.03,0.06\n2024-05-01T00:07:00,0.04,0.06\n2024-05-01T00:20:00,0.05,0.09\n"), 2, 300, 2);
        Assert.Equal([0.03, 0.03, 0.04, 0.04, 0.05], market.Prices[0]);   // at 0:00, 0:05, 0:10, 0:15, 0:20
        Assert.Equal([0.06, 0.06, 0.06, 0.06, 0.09], market.Prices[1]);
        Assert.Equal(0.03, market.Price(0, 5));                           // read round its end
    }

    [Fact]
    public void Prices_Bad_AreToldWithTheirLines()
    {
        ToldOfPrices("prices_lines", "timestamp,price\n2024-05-01T00:05:00,0.03\n2024-05-01T00:00:00,0.03\n2024-05-01T00:10:00,-1\nsoon,0\n2024-05-01T00:15:00\n2024-05-01T00:20:00,NaN\n");
        ToldOfPrices("prices_columns", "when,cost\n1,2\n", types: 2);
        ToldOfPrices("prices_too_short", "timestamp,price\n2024-05-01T00:00:00,0.03\n2024-05-01T01:00:00,0.03\n", leastSteps: 100);
        Told("prices_missing", () => SpotPriceFile.Read("FOLDER/none.csv", 1, 300, 2));
    }

    [Fact]
    public void Model_SettingsThatContradict_AreToldAtOnce() =>
        Told("settings", () => _ = new JobModel(new() { Speeds = [1, 2, 4], BootSeconds = 400 }, SpotMarket.Draw(new(), 10, default)));
}
