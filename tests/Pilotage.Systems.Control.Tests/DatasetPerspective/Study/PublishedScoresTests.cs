using Pilotage.Systems.Control.DatasetPerspective;
using Pilotage.Testing;
using Xunit;

namespace Pilotage.Systems.Control.Tests.DatasetPerspective.Study;

public sealed class PublishedScoresTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_SpacesAndNoLastLineFeed_GivesRanksByKind()
    {
        File.WriteAllText(_folder.In("d4rl_results.csv"), "task;BC;SAC;CQL\nhopper-random ;2.0 ;9;9\nant-random;1;3;2\nhopper-expert ;50.5;-0.0;40");
        var published = PublishedScores.Read(_folder.Path)!;

        Assert.Equal(["BC", "SAC", "CQL"], published.Methods);
        Assert.Equal(["random", "expert"], published.Kinds);
        Assert.Equal(3, published.MeanRank("BC", "random"));
        Assert.Equal((1.5 + 1) / 2, published.MeanRank("SAC", "random"));       // the first is shared with CQL
        Assert.Equal(3, published.MeanRank("SAC", "expert"));
        Assert.Equal((3 + 3 + 1) / 3.0, published.MeanRank("BC"), 1e-12);
    }

    [Fact]
    public void Read_FolderWithoutTheTable_IsNoMistake() => Assert.Null(PublishedScores.Read(_folder.Path));

    [Fact]
    public void Read_RealTable_CloningIsBestOnExpertDataAndWorstOnRandom()
    {
        var folder = RealData.Folder("dataset-perspective");
        Assert.SkipWhen(folder is null, "../shared/data/dataset-perspective is not beside the checkout.");
        var published = PublishedScores.Read(folder!)!;

        Assert.Equal((6, 12), (published.Methods.Count, published.Tasks.Count));
        Assert.Equal(["medium-replay", "random", "medium", "expert"], published.Kinds);
        Assert.Equal(7 / 3.0, published.MeanRank("BC", "expert"), 1e-12);       // second, third, second
        Assert.Equal(5, published.MeanRank("BC", "random"), 1e-12);
        Assert.Equal("CQL", published.Methods.MinBy(method => published.MeanRank(method)));
    }

    [Fact]
    public void Read_BrokenTables_AreRefused()
    {
        string Told(string text)
        {
            File.WriteAllText(_folder.In("d4rl_results.csv"), text);
            return Assert.Throws<UserMistakeException>(() => PublishedScores.Read(_folder.Path)).Message.Replace(_folder.Path, "FOLDER", StringComparison.Ordinal);
        }
        string[] messages = [Told("name;BC;SAC\na-b;1;2"), Told("task;BC;SAC\na-b;1;2\na-c;1"), Told("task;BC;SAC\na-b;1;NaN"), Assert.Throws<UserMistakeException>(() => PublishedScores.Read("/nowhere")).Message];
        Snapshot.Matches(string.Join("\n", messages) + "\n", "broken");
    }
}
