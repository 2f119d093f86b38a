using System.Text.Json;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Cli.Tests;

/// <summary>data record and data describe, on logs of a few hundred steps.</summary>
public sealed class DataLogTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Describe_ARecordedLog_ShowsFiguresAndAdvice()
    {
        var recorded = Record("noisy.parquet", "--policy heuristic --noise 0.2");
        Assert.Equal(ExitCode.Ok, recorded.ExitCode);
        Record("random.parquet", "");
        var answer = Tool.Run(
            "data", "describe", _folder.In("noisy.parquet"), "--reference-random", "0", "--reference-expert", "0.95", "--reference-coverage", $"{_folder.In("noisy.parquet")},{_folder.In("random.parquet")}");
        Assert.Equal(ExitCode.Ok, answer.ExitCode);
        Assert.All(answer.Output.Split('\n'), line => Assert.True(line.Length <= 80, line));
        Snapshot.Matches(recorded.Transcript(_folder.Path) + answer.Transcript(_folder.Path));
    }

    [Fact]
    public void Describe_WithoutReferences_SaysWhatIsUnknown()
    {
        Record("log.csv", "--policy heuristic");
        var answer = Tool.Run("data", "describe", _folder.In("log.csv"), "--bins", "exact", "--actions", "3", "--json");
        using var document = JsonDocument.Parse(answer.Output);
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("tq").ValueKind);
        Assert.Equal(JsonValueKind.Null, document.RootElement.GetProperty("saco").ValueKind);
        Assert.Equal((300, "unknown"), (document.RootElement.GetProperty("transitions").GetInt32(), document.RootElement.GetProperty("learnWith").GetString()));
        Assert.Equal(3, document.RootElement.GetProperty("actionShares").GetArrayLength());
    }

    [Fact]
    public void Record_SameSeed_WritesTheSameBytes()
    {
        Record("one.jsonl", "--policy heuristic --noise 0.5 --seed 4");
        Record("other.jsonl", "--policy heuristic --noise 0.5 --seed 4");
        Record("third.jsonl", "--policy heuristic --noise 0.5 --seed 5");
        Assert.Equal(File.ReadAllText(_folder.In("one.jsonl")), File.ReadAllText(_folder.In("other.jsonl")));
        Assert.NotEqual(File.ReadAllText(_folder.In("one.jsonl")), File.ReadAllText(_folder.In("third.jsonl")));
    }

    [Theory]
    [InlineData("nothing_to_describe", "data describe nowhere.parquet --bins few --reference-random 3")]
    [InlineData("record_as_hdf5", "data record --environment CartPole --policy nobody --noise 2 --out log.hdf5")]
    public void Mistakes_OfLogs_AreToldAtOnce(string name, string command)
    {
        var answer = Tool.Run(command.Split(' '));
        Assert.Equal(ExitCode.UserMistake, answer.ExitCode);
        Snapshot.Matches(answer.Transcript(_folder.Path), name);
    }

    private Answer Record(string file, string options) => Tool.Run(
        [.. "data record --environment MiniGrid-LavaGapS7-v0 --steps 300".Split(' '), .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--out", _folder.In(file)]);
}
